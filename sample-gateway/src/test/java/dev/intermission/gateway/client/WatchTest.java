package dev.intermission.gateway.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import dev.intermission.api.ProxyId;
import dev.intermission.gateway.RunningGateway;
import dev.intermission.gateway.client.output.Screen;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is closed, live, at a terminal and in a pipe, over the loss of an admin node. */
class WatchTest {

  private static final Duration LONG = Duration.ofSeconds(60);
  private static final String WHERE =
      "\"deploy\":true,\"deployTargetEnvironmentNameList\":[\"production\"]}";

  private final RunningGateway gateway;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  WatchTest(@TempDir Path folder) throws Exception {
    gateway =
        RunningGateway.start(
            RunningGateway.config(
                folder.resolve("data"),
                RunningGateway.proxy("orders", "/orders", "http://127.0.0.1:1"),
                RunningGateway.proxy("stock", "/stock", "http://127.0.0.1:1")));
  }

  @AfterEach
  void stop() {
    gateway.close();
  }

  private Thread watch(boolean terminal, String urls, String... more) {
    Screen screen =
        new Screen(
            InputStream.nullInputStream(),
            new PrintStream(out, true, UTF_8),
            new PrintStream(err, true, UTF_8),
            terminal);
    Client client =
        new Client(
            Map.of(
                "INTERMISSION_TOKEN", RunningGateway.ADMIN_TOKEN, "LINES", "24", "COLUMNS", "80"),
            screen,
            Clock.systemUTC(),
            ZoneOffset.UTC);
    List<String> words = new ArrayList<>(List.of("watch", "--url", urls));
    words.addAll(List.of(more));
    Thread thread = new Thread(() -> ClientCommands.run(client, words.toArray(String[]::new)));
    thread.setDaemon(true);
    thread.start();
    return thread;
  }

  private String real() {
    return "http://127.0.0.1:" + gateway.adminPort();
  }

  private void awaitOut(String text) {
    await().atMost(LONG).until(() -> out.toString(UTF_8).contains(text));
  }

  private void close(String name) throws Exception {
    gateway.patch(
        new ProxyId("MyProject", name), "{\"enabled\":true,\"httpStatusCode\":503," + WHERE);
  }

  @Test
  void pipeGetsALineForEachChangeAndTheNextNodeIsFollowed() throws Exception {
    HttpServer broken =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    broken.createContext(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(200, 0);
          exchange
              .getResponseBody()
              .write("event: heartbeat\ndata: {\"current\":true}\n\n".getBytes(UTF_8));
          exchange.close();
        });
    broken.start();
    try {
      String lost = "http://127.0.0.1:" + broken.getAddress().getPort();
      Thread watch = watch(false, lost + "," + real());
      awaitOut("production: 0 of 2 closed");
      assertThat(err.toString(UTF_8)).contains("Lost " + lost).contains("Live from " + real());
      close("orders");
      awaitOut("MyProject/orders is closed in production with 503");
      assertThat(out.toString(UTF_8)).doesNotContain("\u001b");
      watch.interrupt();
    } finally {
      broken.stop(0);
    }
  }

  @Test
  void terminalShowsTheTableAndDrawsItAgain() throws Exception {
    Thread watch = watch(true, real());
    awaitOut("0 of 2 closed");
    close("stock");
    awaitOut("1 of 2 closed");
    assertThat(out.toString(UTF_8))
        .contains("\u001b[H")
        .contains("\u001b[31mclosed\u001b[0m")
        .contains("Live from " + real());
    watch.interrupt();
  }

  @Test
  void eachEventIsAnObjectWithJson() throws Exception {
    Thread watch = watch(false, real(), "--json");
    awaitOut("\"event\":\"state\"");
    close("orders");
    awaitOut("\"event\":\"change\"");
    assertThat(out.toString(UTF_8).lines()).allMatch(line -> line.startsWith("{\"event\":"));
    watch.interrupt();
  }

  @Test
  void withoutANodeItEnds() {
    Typed lost =
        Typed.with(Map.of("INTERMISSION_TOKEN", "t"), "watch", "--url", "http://127.0.0.1:1");
    assertThat(lost.code()).isEqualTo(5);
    Typed denied = Typed.with(Map.of("INTERMISSION_TOKEN", "t"), "watch", "--url", real());
    assertThat(denied.code()).isEqualTo(4);
  }
}
