package dev.intermission.gateway.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.intermission.api.ApiProxy;
import dev.intermission.api.ProxyId;
import dev.intermission.api.RoutingAddress;
import dev.intermission.gateway.RunningGateway;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Closing, opening and looking, against a whole gateway. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OperatorCommandsTest {

  private final Path folder;
  private RunningGateway gateway;
  private Map<String, String> environment;

  OperatorCommandsTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @BeforeAll
  void start() throws Exception {
    gateway =
        RunningGateway.start(
            RunningGateway.config(
                folder.resolve("data"),
                RunningGateway.proxy("orders", "/orders", "http://127.0.0.1:1"),
                RunningGateway.proxy("stock", "/stock", "http://127.0.0.1:1"),
                ApiProxy.of(
                    new ProxyId("Other", "stock"),
                    "/other-stock",
                    new RoutingAddress(URI.create("http://127.0.0.1:1"), 1, false))));
    environment = Map.of("XDG_CONFIG_HOME", folder.resolve("config").toString());
    String url = "http://127.0.0.1:" + gateway.adminPort();
    Typed added =
        Typed.at(
            environment,
            RunningGateway.ADMIN_TOKEN + "\n",
            false,
            "context",
            "add",
            "here",
            "--url",
            url);
    assertThat(added.err()).isEmpty();
    assertThat(added.code()).isZero();
  }

  @AfterAll
  void stop() {
    gateway.close();
  }

  @BeforeEach
  void openAll() throws Exception {
    for (String name : List.of("orders", "stock")) {
      gateway.patch(
          new ProxyId("MyProject", name),
          """
          {"enabled":false,"httpStatusCode":403,"contentType":"application/json","message":"{}","closedMethods":[],
           "deploy":true,"deployTargetEnvironmentNameList":["production"]}
          """);
    }
  }

  private Typed type(String... words) {
    return Typed.with(environment, words);
  }

  private int statusOf(String path) throws Exception {
    return gateway.call(path).statusCode();
  }

  @Test
  void closeForAWhileClosesAtOnceAndSaysHowToUndoIt() throws Exception {
    Typed closed = type("close", "orders", "--for", "30m", "--reason", "New disks");
    assertThat(closed.code()).isZero();
    assertThat(closed.err()).contains("production").contains("took it");
    assertThat(closed.out())
        .matches(
            "(?s)MyProject/orders is closed in production with 503; it opens by itself at .* \\(in 30 min\\)\\.\nUndo: intermission open orders\n");
    assertThat(statusOf("/orders")).isEqualTo(503);
    JsonNode line = type("status", "orders", "--json").json().at("/apis/0");
    assertThat(line.path("reopenAtEnd").asBoolean()).isTrue();
    assertThat(Duration.between(Instant.now(), OffsetDateTime.parse(line.path("endsAt").asText())))
        .isBetween(Duration.ofMinutes(25), Duration.ofMinutes(30));

    Typed opened = type("open", "orders");
    assertThat(opened.code()).isZero();
    assertThat(opened.out())
        .startsWith("MyProject/orders is open in production.\nUndo: intermission rollback orders ");
    assertThat(statusOf("/orders")).isEqualTo(502);
  }

  @Test
  void waitForDrainedEndsWhenNothingIsInFlight() throws Exception {
    Typed closed = type("close", "--wait-drained", "orders");
    assertThat(closed.code()).isZero();
    assertThat(closed.out())
        .contains(
            "MyProject/orders is drained in production: no request from before is in flight any more.\nUndo:");
    assertThat(type("status", "orders").out())
        .containsPattern("STATUS +NODES +IN FLIGHT +ANSWERS/MIN")
        .containsPattern("closed .* 503 +1/1 +0 +[0-9]+");
    assertThat(type("close", "orders", "--at", "2100-07-01 02:00", "--wait-drained").code())
        .isEqualTo(2);
  }

  @Test
  void whatIsNotDrainedInTimeIsToldByTheExitCode() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        RunningGateway slow =
            RunningGateway.start(
                RunningGateway.config(
                    folder.resolve("slow"),
                    RunningGateway.proxy(
                        "slow", "/slow", "http://127.0.0.1:" + silent.getLocalPort())));
        Socket client = new Socket(InetAddress.getLoopbackAddress(), slow.trafficPort())) {
      client
          .getOutputStream()
          .write("GET /slow HTTP/1.1\r\nHost: g\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      try (Socket upstream = silent.accept()) {
        assertThat(upstream.getInputStream().read()).isEqualTo('G');
        Map<String, String> there = Map.of("INTERMISSION_TOKEN", RunningGateway.ADMIN_TOKEN);
        String url = "http://127.0.0.1:" + slow.adminPort();
        Typed closed =
            Typed.with(there, "close", "slow", "--url", url, "--wait-drained=1s", "--json");
        assertThat(closed.code()).isEqualTo(3);
        assertThat(closed.err())
            .contains("MyProject/slow is NOT drained in production: 1 request is in flight at ");
        assertThat(closed.json().path("exitCode").asInt()).isEqualTo(3);
        assertThat(closed.json().at("/drained/0/drained").asBoolean(true)).isFalse();
        assertThat(closed.json().at("/drained/0/pods/0/inFlight").asInt()).isEqualTo(1);
        assertThat(closed.json().at("/drained/0/notDrained/0/code").asText())
            .isEqualTo("IN_FLIGHT");
      }
      Typed drained =
          Typed.with(
              Map.of("INTERMISSION_TOKEN", RunningGateway.ADMIN_TOKEN),
              "close",
              "slow",
              "--url",
              "http://127.0.0.1:" + slow.adminPort(),
              "--wait-drained");
      assertThat(drained.code()).as(drained.err()).isZero();
    }
  }

  @Test
  void closeUntilATimeStaysClosedAndOneOfLaterClosesThen() throws Exception {
    type("close", "orders", "--until", "2100-07-01 18:00 Europe/Berlin");
    JsonNode until = type("status", "orders", "--json").json().at("/apis/0");
    assertThat(until.path("endsAt").asText()).isEqualTo("2100-07-01T18:00:00+02:00");
    assertThat(until.path("reopenAtEnd").asBoolean()).isFalse();
    assertThat(until.path("closed").asBoolean()).isTrue();
    type("open", "orders");

    Typed later = type("close", "orders", "--at", "2100-07-01 02:00", "--for", "2h");
    assertThat(later.code()).isZero();
    assertThat(later.out())
        .contains("MyProject/orders is open in production; it closes by itself at");
    JsonNode announced = type("status", "orders", "--json").json().at("/apis/0");
    assertThat(announced.path("startsAt").asText()).isEqualTo("2100-07-01T02:00:00+03:00");
    assertThat(announced.path("endsAt").asText()).isEqualTo("2100-07-01T04:00:00+03:00");
    assertThat(announced.path("closed").asBoolean()).isFalse();
    assertThat(type("status").out()).contains("closes 2100-07-01 02:00");

    assertThat(type("close", "orders").out()).contains("is closed in production");
    assertThat(statusOf("/orders")).isEqualTo(503);
  }

  @Test
  void messageTypeStatusAndMethodsAreSent() throws Exception {
    assertThat(
            type(
                    "close",
                    "orders",
                    "--status",
                    "500",
                    "--message",
                    "Back at six",
                    "--type",
                    "text/html",
                    "--methods",
                    "writes",
                    "--retry-after",
                    "5m",
                    "--let-in",
                    "10%")
                .code())
        .isZero();
    JsonNode saved =
        new ObjectMapper()
            .readTree(
                gateway
                    .get(
                        "/apiops/projects/MyProject/apiProxies/orders/settings/maintenance-mode/",
                        RunningGateway.ADMIN_TOKEN)
                    .body())
            .at("/resultList/0");
    assertThat(saved.path("httpStatusCode").asInt()).isEqualTo(500);
    assertThat(saved.path("message").asText()).isEqualTo("Back at six");
    assertThat(saved.path("contentType").asText()).isEqualTo("text/html");
    assertThat(saved.path("closedMethods").toString())
        .isEqualTo("[\"POST\",\"PUT\",\"PATCH\",\"DELETE\"]");
    assertThat(saved.path("retryAfterSeconds").asInt()).isEqualTo(300);
    assertThat(saved.path("admitPercent").asInt()).isEqualTo(10);
    assertThat(statusOf("/orders")).isEqualTo(502);

    assertThat(type("close", "orders", "--methods", "all", "--status", "503").code()).isZero();
    assertThat(type("open", "orders", "--let-in", "99%").code()).isZero();
    assertThat(type("open", "orders").code()).isZero();
    Typed open = type("open", "orders", "--let-in", "10%");
    assertThat(open.code()).isEqualTo(1);
    assertThat(open.err()).contains("It is not closed");
  }

  @Test
  void statusThatWasConfiguredIsKept() throws Exception {
    gateway.patch(new ProxyId("MyProject", "stock"), "{\"httpStatusCode\":500}");
    type("close", "MyProject/stock");
    assertThat(statusOf("/stock")).isEqualTo(500);
  }

  @Test
  void severalAreOneOperationThatIsConfirmedOnATerminalOnly() throws Exception {
    String[] close = {"close", "MyProject/orders", "MyProject/stock", "--reason", "Disks"};
    Typed refused = type(close);
    assertThat(refused.code()).isEqualTo(2);
    assertThat(refused.err()).contains("This is about 2 APIs").contains("--yes");

    Typed declined = Typed.at(environment, "n\n", true, close);
    assertThat(declined.code()).isEqualTo(1);
    assertThat(declined.err())
        .contains("  MyProject/orders\n  MyProject/stock\nClose these 2 APIs in production? [y/N] ")
        .contains("Nothing was changed.");
    assertThat(statusOf("/orders")).isEqualTo(502);

    Typed closed = Typed.at(environment, "y\n", true, close);
    assertThat(closed.code()).isZero();
    assertThat(closed.out()).containsPattern("Undo: intermission undo [0-9A-Za-z-]+\n");
    assertThat(statusOf("/orders")).isEqualTo(503);
    assertThat(statusOf("/stock")).isEqualTo(503);
    assertThat(statusOf("/other-stock")).isEqualTo(502);
  }

  @Test
  void operationBeyondTheProjectOfTheConnectionMeetsNoApiThatNobodyNamed() throws Exception {
    Typed refused = type("close", "MyProject/orders", "Other/stock", "--project", "Other", "--yes");
    assertThat(refused.code()).isEqualTo(1);
    assertThat(refused.err()).contains("would change MyProject/stock too");
    assertThat(statusOf("/stock")).isEqualTo(502);
  }

  @Test
  void apisOfAnotherProjectAreWaitedForAndShown() throws Exception {
    Typed closed =
        type(
            "close",
            "MyProject/orders",
            "MyProject/stock",
            "--project",
            "Other",
            "--wait-drained",
            "--yes",
            "--json");
    assertThat(closed.code()).as(closed.err()).isZero();
    assertThat(closed.json().path("apis")).hasSize(2);
    assertThat(closed.json().path("drained")).hasSize(2);
  }

  @Test
  void startThatIsSavedAndNotInForceDoesNotKeepAnApiOpen() throws Exception {
    gateway.patch(
        new ProxyId("MyProject", "orders"),
        "{\"enabled\":true,\"startsAt\":\"2100-07-01T02:00:00Z\"}");
    Typed closed = type("close", "MyProject/orders", "MyProject/stock", "--yes");
    assertThat(closed.code()).as(closed.err()).isZero();
    assertThat(statusOf("/orders")).isEqualTo(503);
    assertThat(statusOf("/stock")).isEqualTo(503);
  }

  @Test
  void nameThatIsNotClearOrNotThereIsToldWithThoseThatAre() {
    Typed several = type("close", "stock");
    assertThat(several.code()).isEqualTo(1);
    assertThat(several.err())
        .isEqualTo(
            """
            intermission close: 'stock' is the name of several APIs; give one of them with its project:
              MyProject/stock
              Other/stock
            """);
    assertThat(type("close", "stock", "--project", "Other", "--dry-run").code()).isZero();
    assertThat(type("status", "MyProject/stock", "--project", "Other").out())
        .contains("MyProject/stock");

    Typed unknown = type("close", "order");
    assertThat(unknown.code()).isEqualTo(1);
    assertThat(unknown.err())
        .contains("There is no API 'order'")
        .contains("Similar names:\n  MyProject/orders\n");
  }

  @Test
  void dryRunShowsTheResponseAndChangesNothing() throws Exception {
    Typed dry = type("close", "orders", "--for", "30m", "--message", "Back soon", "--dry-run");
    assertThat(dry.code()).isZero();
    assertThat(dry.out())
        .contains("MyProject/orders in production: open -> closed")
        .contains("clients get 503")
        .contains("Content-Type: text/plain; charset=utf-8")
        .contains("Back soon")
        .endsWith("This was a dry run; nothing was changed.\n");
    assertThat(statusOf("/orders")).isEqualTo(502);
    Typed both = type("close", "orders", "MyProject/stock", "--dry-run", "--json");
    assertThat(both.code()).isZero();
    assertThat(both.json().path("apis")).hasSize(2);
    assertThat(both.json().at("/apis/1/dryRun/inForce/0/closed/after").asBoolean()).isTrue();
  }

  @Test
  void jsonIsOneObjectOnStandardOutputAndQuietSaysNothing() throws Exception {
    Typed closed = type("close", "orders", "--json");
    assertThat(closed.out().lines()).hasSize(1);
    JsonNode json = closed.json();
    assertThat(json.path("command").asText()).isEqualTo("close");
    assertThat(json.path("exitCode").asInt()).isZero();
    assertThat(json.at("/apis/0/closed").asBoolean()).isTrue();
    assertThat(json.at("/nodes/0/success").asBoolean()).isTrue();
    assertThat(json.path("undo").toString()).isEqualTo("[\"intermission open orders\"]");
    assertThat(json.path("warnings").toString()).contains("HEALTH_PATHS_CLOSED");

    Typed failed = type("open", "nothing", "--json");
    assertThat(failed.code()).isEqualTo(1);
    assertThat(failed.json().path("exitCode").asInt()).isEqualTo(1);
    assertThat(failed.json().path("error").asText()).startsWith("There is no API 'nothing'");

    Typed quiet = type("open", "orders", "--quiet");
    assertThat(quiet.out() + quiet.err()).isEmpty();
    assertThat(quiet.code()).isZero();
  }

  @Test
  void coloursAreForTerminalsThatWantThem() {
    assertThat(Typed.at(environment, "", true, "status").out()).contains("\u001b[32mopen\u001b[0m");
    assertThat(type("status").out()).doesNotContain("\u001b");
    Map<String, String> plain =
        Map.of("XDG_CONFIG_HOME", folder.resolve("config").toString(), "NO_COLOR", "1");
    assertThat(Typed.at(plain, "", true, "status").out()).doesNotContain("\u001b");
  }

  @Test
  void wrongCommandLinesAreUsageFaults() throws Exception {
    assertUsage("Name one or more APIs", "close");
    assertUsage("exclude each other", "close", "orders", "--for", "1h", "--until", "18:00");
    assertUsage("--for: found 'soon'", "close", "orders", "--for", "soon");
    assertUsage("--at: found 'noon'", "close", "orders", "--at", "noon");
    assertUsage("--let-in: found '100%'", "open", "orders", "--let-in", "100%");
    assertUsage("Unknown option: '--colour'", "status", "--colour");
    assertUsage("There is no context 'there'", "status", "--context", "there");
    assertUsage("--url: found 'localhost'", "status", "--url", "localhost");
    Path missing = folder.resolve("missing");
    assertUsage(
        "--message-file: can't read", "close", "orders", "--message-file", missing.toString());
    Files.writeString(folder.resolve("message.txt"), "From a file");
    assertThat(
            type("close", "orders", "--message-file", folder.resolve("message.txt").toString())
                .code())
        .isZero();
    assertThat(gateway.call("/orders").body()).isEqualTo("From a file");
  }

  private void assertUsage(String message, String... words) {
    Typed typed = type(words);
    assertThat(typed.code()).isEqualTo(2);
    assertThat(typed.out()).isEmpty();
    assertThat(typed.err()).contains(message);
  }

  @Test
  void tokenThatIsMissingOrWrongIsDenied() throws Exception {
    String url = "http://127.0.0.1:" + gateway.adminPort();
    Typed none = type("status", "--url", url);
    assertThat(none.code()).isEqualTo(4);
    assertThat(none.err()).contains("INTERMISSION_TOKEN");
    Typed wrong = Typed.with(Map.of("INTERMISSION_TOKEN", "nobodys"), "status", "--url", url);
    assertThat(wrong.code()).isEqualTo(4);
    assertThat(wrong.err()).contains("Token is not valid!").doesNotContain("nobodys");
    Path file = Files.writeString(folder.resolve("token"), RunningGateway.ADMIN_TOKEN + "\n");
    assertThat(type("status", "--url", url, "--token-file", file.toString()).code()).isZero();
  }
}
