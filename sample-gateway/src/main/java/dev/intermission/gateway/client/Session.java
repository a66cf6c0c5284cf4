package dev.intermission.gateway.client;

import dev.intermission.gateway.client.connection.Connections.Connected;
import dev.intermission.gateway.client.connection.ManagementApi;
import dev.intermission.gateway.client.output.Output;
import dev.intermission.gateway.client.proxies.ProxyDirectory;
import dev.intermission.gateway.client.time.TimeText;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** One run of a command: its management API, and where its result goes. */
final class Session {

  /** The launcher says here how it was called, so that hints can be typed as they are. */
  private static final String CALLED = "INTERMISSION_CALLED";

  private final Client client;
  private final CommonOptions options;
  private final Output output;
  private final Connected connected;

  Session(Client client, CommonOptions options, Output output) {
    this(
        client,
        options,
        output,
        options.connections().connect(client.environment(), client.clock(), output));
  }

  private Session(Client client, CommonOptions options, Output output, Connected connected) {
    this.client = client;
    this.options = options;
    this.output = output;
    this.connected = connected;
  }

  /** Returns the same with a management API that does not wait long for a frozen admin node. */
  Session inHaste() {
    return new Session(
        client, options, output, new Connected(connected.api().inHaste(), connected.project()));
  }

  Client client() {
    return client;
  }

  Output output() {
    return output;
  }

  ManagementApi api() {
    return connected.api();
  }

  /** Returns the project that the connection is about, or null. */
  @Nullable String project() {
    return connected.project();
  }

  ProxyDirectory proxies() {
    return new ProxyDirectory(connected);
  }

  TimeText times() {
    return new TimeText(client.clock().instant(), client.zone());
  }

  /** Returns a command as it can be typed, with this session's options of the connection. */
  String typed(List<String> words) {
    List<String> all = new ArrayList<>(words);
    all.addAll(options.again());
    String called = client.environment().getOrDefault(CALLED, "intermission");
    return called + " " + all.stream().map(Session::quoted).collect(Collectors.joining(" "));
  }

  private static String quoted(String word) {
    return word.matches("[A-Za-z0-9_./:=@%+-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
  }
}
