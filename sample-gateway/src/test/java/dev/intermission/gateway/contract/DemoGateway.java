package dev.intermission.gateway.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.intermission.admin.access.AccessTokens;
import dev.intermission.gate.Wire;
import dev.intermission.gateway.RunningGateway;
import dev.intermission.gateway.config.Front;
import dev.intermission.gateway.config.GatewayConfig;
import dev.intermission.gateway.config.Given;
import dev.intermission.gateway.config.Key;
import dev.intermission.gateway.demo.DemoConfig;
import dev.intermission.gateway.demo.DemoUpstream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.eclipse.jetty.server.Handler;

/** The demo in this process: a gateway on free ports, and its upstream that counts requests. */
final class DemoGateway implements AutoCloseable {

  private final DemoUpstream upstream;
  private final RunningGateway gateway;

  /**
   * Starts it, and waits until it is ready.
   *
   * @param data the folder of its store
   * @param beside what else answers at the management port
   */
  DemoGateway(Path data, Handler... beside) throws Exception {
    this(data, Front.HANDLER, config -> config, beside);
  }

  /** Starts it with this front. */
  DemoGateway(Path data, Front front) throws Exception {
    this(data, front, config -> config);
  }

  /** Starts it with what this makes of its configuration. */
  DemoGateway(Path data, UnaryOperator<GatewayConfig> changes) throws Exception {
    this(data, Front.HANDLER, changes);
  }

  private DemoGateway(
      Path data, Front front, UnaryOperator<GatewayConfig> changes, Handler... beside)
      throws Exception {
    upstream = new DemoUpstream(DemoConfig.paths());
    List<Handler> handlers = new ArrayList<>(List.of(beside));
    handlers.add(upstream.requests());
    Given given =
        new Given(
            Map.of(
                Key.FRONT, value(front.word()),
                Key.DATA, value(data.toString()),
                Key.PORT, value("0"),
                Key.ADMIN_PORT, value("0")));
    try {
      gateway =
          RunningGateway.start(
              changes.apply(DemoConfig.of(upstream::address, given)),
              handlers.toArray(Handler[]::new));
    } catch (Exception | Error e) {
      upstream.close();
      throw e;
    }
  }

  private static Given.Value value(String text) {
    return new Given.Value(text, null);
  }

  int port() {
    return gateway.trafficPort();
  }

  int adminPort() {
    return gateway.adminPort();
  }

  AccessTokens tokens() {
    return gateway.gateway().tokens();
  }

  /** Returns the address of the upstream that a proxy with this path has. */
  String upstream(String path) {
    return upstream.address(path).toString();
  }

  /** Returns the management API as this user calls it, with a new token. */
  Operator as(String user) {
    return new Operator(adminPort(), tokens().create(user, null).secret());
  }

  /** Sends a client's request and returns the answer. */
  Wire.Reply send(String method, String target, String... lines) throws IOException {
    return Wire.exchange(port(), Wire.request(method, target, lines));
  }

  Wire.Reply get(String target) throws IOException {
    return send("GET", target);
  }

  /** Returns how many requests the upstream has seen, as the management port tells it. */
  long backendCalls() throws IOException {
    return requests().path("total").asLong();
  }

  /** Returns how many of them were below the path of a proxy. */
  long backendCalls(String path) throws IOException {
    return requests().path("byPath").path(path).asLong(-1);
  }

  private JsonNode requests() throws IOException {
    return new JsonMapper().readTree(Wire.get(adminPort(), "/demo/requests").body());
  }

  @Override
  public void close() {
    try {
      gateway.close();
    } finally {
      upstream.close();
    }
  }
}
