package dev.intermission.gateway.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.intermission.gateway.RunningGateway;
import dev.intermission.gateway.command.GatewayMain;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How a trace ends: by a signal to a real process, and behind admin nodes that fail. */
@Tag("slow")
class TraceEndsTest {

  private static final Duration LONG = Duration.ofMinutes(2);
  private static final String TRACE =
      "/apiops/projects/MyProject/apiProxies/orders/settings/trace/";

  private final Path folder;
  private final RunningGateway gateway;
  private final PassingNode node;

  TraceEndsTest(@TempDir Path folder) throws Exception {
    this.folder = folder;
    gateway =
        RunningGateway.start(
            RunningGateway.config(
                folder.resolve("data"),
                RunningGateway.proxy("orders", "/orders", "http://127.0.0.1:1")));
    node = new PassingNode(real());
  }

  @AfterEach
  void stop() {
    node.close();
    gateway.close();
  }

  private String real() {
    return "http://127.0.0.1:" + gateway.adminPort();
  }

  private Path out() {
    return folder.resolve("out");
  }

  private Path err() {
    return folder.resolve("err");
  }

  private Process trace(String... words) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                GatewayMain.class.getName(),
                "trace",
                "orders"));
    command.addAll(List.of(words));
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectOutput(out().toFile()).redirectError(err().toFile());
    builder.environment().put("INTERMISSION_TOKEN", RunningGateway.ADMIN_TOKEN);
    return builder.start();
  }

  private static void awaitIn(Path file, String text, Process process) {
    await().atMost(LONG).until(() -> Files.readString(file).contains(text) || !process.isAlive());
    assertThat(file).content().contains(text);
  }

  private static int ended(Process process) throws InterruptedException {
    assertThat(process.waitFor(LONG.toSeconds(), TimeUnit.SECONDS)).isTrue();
    return process.exitValue();
  }

  private static void signal(String name, Process process) throws Exception {
    new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid())).start().waitFor();
  }

  private JsonNode settings() throws Exception {
    return new ObjectMapper()
        .readTree(gateway.get(TRACE, RunningGateway.ADMIN_TOKEN).body())
        .at("/resultList/0");
  }

  private void assertOff() throws Exception {
    assertThat(settings().path("enableTraceLog").asBoolean(true)).isFalse();
    assertThat(settings().path("inForce")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"INT", "TERM"})
  void signalSwitchesItOff(String signal) throws Exception {
    Process process = trace("--url", real(), "--for", "10m");
    try {
      awaitIn(err(), "Recording the requests", process);
      assertThat(settings().at("/inForce/0/active").asBoolean()).isTrue();
      gateway.call("/orders/1");
      awaitIn(out(), "GET /orders/1", process);
      gateway.call("/orders/2");
      signal(signal, process);
      assertThat(ended(process)).as(Files.readString(err())).isZero();
      assertThat(out()).content().contains("GET /orders/2").contains("2 requests of");
      assertOff();
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  void operatorIsToldWhereItCanNotBeSwitchedOff() throws Exception {
    node.refuse(request -> request.startsWith("PATCH") && request.contains("Log\":false"));
    Process process = trace("--url", node.url(), "--for", "10m");
    try {
      awaitIn(err(), "Recording the requests", process);
      signal("INT", process);
      assertThat(ended(process)).isEqualTo(1);
      assertThat(err())
          .content()
          .contains("Recording could NOT be switched off: " + PassingNode.REFUSAL)
          .containsPattern("It ends by itself at [0-9:.]+\\.");
      assertThat(settings().at("/inForce/0/active").asBoolean()).isTrue();
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  void nextAdminNodeIsAskedWhereOneDies() throws Exception {
    Process process = trace("--url", node.url() + "," + real(), "--for", "10m");
    try {
      awaitIn(err(), "Recording the requests", process);
      gateway.call("/orders/1");
      awaitIn(out(), "GET /orders/1", process);
      node.close();
      gateway.call("/orders/2");
      awaitIn(out(), "GET /orders/2", process);
      signal("INT", process);
      assertThat(ended(process)).as(Files.readString(err())).isZero();
      assertOff();
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  void withoutAnAdminNodeItGoesOnAndTellsThatItEndsByItself() throws Exception {
    Process process = trace("--url", node.url(), "--for", "10m");
    try {
      awaitIn(err(), "Recording the requests", process);
      node.close();
      awaitIn(err(), "Records can't be read now; the gateways go on with recording.", process);
      assertThat(process.isAlive()).isTrue();
      signal("INT", process);
      assertThat(ended(process)).isEqualTo(5);
      assertThat(err())
          .content()
          .contains("Recording could NOT be switched off: The management API can't be reached.")
          .contains("It ends by itself at ");
      assertThat(settings().at("/inForce/0/active").asBoolean()).isTrue();
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  void nothingIsLeftOnIfSwitchingOnIsRefused() throws Exception {
    node.refuse(request -> request.startsWith("PATCH"));
    Process process = trace("--url", node.url(), "--for", "10m");
    try {
      assertThat(ended(process)).isEqualTo(1);
      assertThat(err()).content().contains(PassingNode.REFUSAL).doesNotContain("ends by itself");
      assertOff();
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  void signalIsHeardWhileAnAdminNodeIsFrozen() throws Exception {
    Process process = trace("--url", node.url() + "," + real(), "--for", "10m");
    try {
      awaitIn(err(), "Recording the requests", process);
      node.freeze();
      await().atMost(LONG).until(node::isHanging);
      gateway.call("/orders/1");
      signal("INT", process);
      // The call that hangs has a time-out of its own, which the signal does not wait for.
      await()
          .atMost(Duration.ofSeconds(30))
          .until(() -> Files.readString(err()).contains("Switching the recording off"));
      assertThat(ended(process)).as(Files.readString(err())).isZero();
      assertThat(out()).content().contains("GET /orders/1");
      assertOff();
    } finally {
      process.destroyForcibly();
    }
  }

  private Typed typed(String... words) {
    List<String> all = new ArrayList<>(List.of("trace", "orders", "--url", node.url()));
    all.addAll(List.of(words));
    return Typed.with(
        Map.of("INTERMISSION_TOKEN", RunningGateway.ADMIN_TOKEN), all.toArray(String[]::new));
  }

  @Test
  void traceOfWhichNothingCouldBeReadFails() throws Exception {
    node.refuse(request -> request.contains("/traces/") && request.contains("from="));
    Typed typed = typed("--for", "1s");
    assertThat(typed.err()).contains(PassingNode.REFUSAL);
    assertThat(typed.code()).as(typed.err()).isEqualTo(1);
    assertOff();
  }

  @Test
  void traceThatWasOverBeforeItBeganFails() throws Exception {
    node.keepWaiting(request -> request.startsWith("PATCH") && request.contains("Log\":true"));
    Typed typed = typed("--for", "1s");
    assertThat(typed.err()).contains("Nothing was recorded: the time was over");
    assertThat(typed.code()).as(typed.err()).isEqualTo(1);
    assertOff();
  }
}
