package dev.intermission.gateway.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import dev.intermission.api.ProxyId;
import dev.intermission.gateway.RunningGateway;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Requests that are recorded from the command line, by a whole gateway. */
@Tag("slow")
class TraceCommandTest {

  private static final ProxyId ORDERS = new ProxyId("MyProject", "orders");
  private static final String SETTINGS =
      "/apiops/projects/MyProject/apiProxies/orders/settings/trace/";
  private static final String AUDIT = "/apiops/projects/MyProject/apiProxies/orders/audit/";
  private static final String CONTROLS = "a\u001b[2Jb\u0007c\u202ed";
  private static final Map<String, String> ENVIRONMENT =
      Map.of("INTERMISSION_TOKEN", RunningGateway.ADMIN_TOKEN);

  private final HttpServer upstream;
  private final RunningGateway gateway;

  TraceCommandTest(@TempDir Path folder) throws Exception {
    upstream = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    gateway =
        RunningGateway.start(
            RunningGateway.config(
                folder.resolve("data"),
                RunningGateway.proxy(
                    "orders", "/orders", "http://127.0.0.1:" + upstream.getAddress().getPort()),
                RunningGateway.proxy("stock", "/stock", "http://127.0.0.1:1")));
  }

  @BeforeEach
  void start() {
    upstream.createContext(
        "/",
        exchange -> {
          exchange.getRequestBody().readAllBytes();
          byte[] body = ("answer " + CONTROLS).getBytes(UTF_8);
          exchange.getResponseHeaders().set("Content-Type", "text/plain; charset=utf-8");
          exchange.sendResponseHeaders(
              exchange.getRequestURI().getPath().endsWith("gone") ? 410 : 200, body.length);
          try (OutputStream out = exchange.getResponseBody()) {
            out.write(body);
          }
        });
    upstream.start();
  }

  @AfterEach
  void stop() {
    gateway.close();
    upstream.stop(0);
  }

  private String url() {
    return "http://127.0.0.1:" + gateway.adminPort();
  }

  private Typing type(String... words) {
    return Typing.of(ENVIRONMENT, with(words));
  }

  private Typed ok(String... words) {
    Typed typed = Typed.with(ENVIRONMENT, with(words));
    assertThat(typed.code()).as(typed.out() + typed.err()).isZero();
    return typed;
  }

  private String[] with(String... words) {
    List<String> all = new ArrayList<>(List.of(words));
    if (!all.contains("--url")) {
      all.addAll(List.of("--url", url()));
    }
    return all.toArray(String[]::new);
  }

  private int call(String path, String body) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + gateway.trafficPort() + path))
            .header("Content-Type", "text/plain; charset=utf-8")
            .header("Authorization", "Bearer of-a-client")
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    return HttpClient.newHttpClient()
        .send(request, HttpResponse.BodyHandlers.discarding())
        .statusCode();
  }

  private JsonNode settings() throws Exception {
    return new ObjectMapper()
        .readTree(gateway.get(SETTINGS, RunningGateway.ADMIN_TOKEN).body())
        .at("/resultList/0");
  }

  private void assertOff() throws Exception {
    JsonNode settings = settings();
    assertThat(settings.path("enableTraceLog").asBoolean(true)).as(settings.toString()).isFalse();
    assertThat(settings.path("inForce")).as(settings.toString()).isEmpty();
  }

  private static String idIn(String out) {
    Matcher id = Pattern.compile("MyProject/orders/[-0-9A-Za-z]+").matcher(out);
    assertThat(id.find()).as(out).isTrue();
    return id.group();
  }

  @Test
  void linesComeAsRequestsComeAndTheEndSwitchesItOff() throws Exception {
    Typing tracing = type("trace", "orders", "--for", "10s");
    tracing.awaitErr("Recording the requests of MyProject/orders in production until ");
    call("/orders/7?secret=1", "hello");
    call("/orders/gone", "");
    tracing.awaitOut("POST /orders/7");
    tracing.awaitOut("POST /orders/gone");
    assertThat(settings().path("inForce")).hasSize(1);

    Typed ended = tracing.ended();

    assertThat(ended.code()).as(ended.err()).isZero();
    assertThat(ended.out())
        .containsPattern(
            "[0-9:.]{12}  200     SUCCESS  +[0-9]+  POST /orders/7  MyProject/orders/\\S+\n")
        .containsPattern("410 .*POST /orders/gone")
        .contains("2 requests of MyProject/orders in production are shown, 0 were not recorded.")
        .doesNotContain("secret");
    assertThat(ended.out().split("/orders/7", -1)).hasSize(2);
    assertOff();
    call("/orders/8", "");
    assertThat(ok("trace", "list", "orders").out().lines())
        .hasSize(3)
        .filteredOn(line -> line.contains("production"))
        .hasSize(2);
  }

  @Test
  void recordIsShownWholeAndControlsNoTerminal() throws Exception {
    Typing tracing = type("trace", "orders", "--for", "10m");
    tracing.awaitErr("Recording");
    call("/orders/7?a=b", "one " + CONTROLS + "\ntwo");
    tracing.awaitOut("POST /orders/7");
    Typed ended = tracing.interrupted();
    String id = idIn(ended.out());

    String shown = ok("trace", "show", id).out();

    assertThat(shown)
        .contains(id + " in production, by the gateway ")
        .contains("\nFrom the client: POST /orders/7?a=b\n")
        .contains("\n  Authorization: ***\n")
        .contains("\n    one a\ufffd[2Jb\ufffdc\ufffdd\n    two\n")
        .containsPattern("\nTo the target: POST .*/7\\?a=b\n")
        .contains("\nFrom the target: 200\n")
        .contains("\nTo the client: 200\n")
        .contains("\n    answer a\ufffd[2J")
        .doesNotContain("of-a-client", "\u001b", "\u0007", "\u202e");
    Typed json = ok("trace", "show", id, "--json");
    assertThat(json.out()).doesNotContain("\u001b", "\u202e").contains("\\u202e");
    JsonNode record = json.json().path("record");
    assertThat(record.at("/fromClient/body/text").asText()).isEqualTo("one " + CONTROLS + "\ntwo");
    assertThat(record.at("/fromClient/body/complete").asBoolean()).isTrue();
    String alone = id.substring(id.lastIndexOf('/') + 1);
    assertThat(ok("trace", "show", alone).out()).isEqualTo(shown);
    assertThat(Typed.with(ENVIRONMENT, with("trace", "show", "orders/nothing")).code())
        .isEqualTo(1);
    assertThat(Typed.with(ENVIRONMENT, with("trace", "show", "nothing")).err())
        .contains("There is no record 'nothing'");
  }

  @Test
  void programsGetAnObjectForEachRequestAndOneAtTheEnd() throws Exception {
    Typing tracing = type("trace", "orders", "--for", "10m", "--json", "--status", "410");
    tracing.awaitErr("Recording");
    call("/orders/7", "");
    call("/orders/gone", "");
    tracing.awaitOut("/orders/gone");
    Typed ended = tracing.interrupted();
    assertThat(ended.code()).as(ended.err()).isZero();
    List<JsonNode> objects = new ArrayList<>();
    for (String line : ended.out().lines().toList()) {
      objects.add(new ObjectMapper().readTree(line));
    }
    assertThat(objects).as(ended.out()).hasSize(2);
    assertThat(objects.get(0).path("event").asText()).isEqualTo("record");
    assertThat(objects.get(0).at("/data/path").asText()).isEqualTo("/orders/gone");
    assertThat(objects.get(1).path("command").asText()).isEqualTo("trace");
    assertThat(objects.get(1).path("exitCode").asInt(9)).isZero();
    assertThat(objects.get(1).path("environment").asText()).isEqualTo("production");
    assertThat(objects.get(1).path("records").asInt()).isEqualTo(1);
    JsonNode list = ok("trace", "list", "orders", "--json", "--limit", "1").json();
    assertThat(list.path("traces")).hasSize(1);
    assertThat(list.path("totalCount").asInt()).isEqualTo(2);
  }

  @Test
  void environmentHasToBeNamedWhereThereAreSeveral() throws Exception {
    gateway.patch(
        ORDERS,
        """
        {"enabled":false,"deploy":true,"deployTargetEnvironmentNameList":["staging"]}
        """);
    Typed unclear = Typed.with(ENVIRONMENT, with("trace", "orders"));
    assertThat(unclear.code()).isEqualTo(2);
    assertThat(unclear.err()).contains("--env").contains("production, staging");
    Typed elsewhere = Typed.with(ENVIRONMENT, with("trace", "stock", "--env", "staging"));
    assertThat(elsewhere.code()).isEqualTo(1);
    assertThat(elsewhere.err()).contains("MyProject/stock is not deployed in an environment");
    assertThat(settings().path("enableTraceLog").asBoolean(true)).isFalse();
    // The other environment has no gateway, as for other changes.
    Typed named =
        Typed.with(ENVIRONMENT, with("trace", "orders", "--env", "staging", "--for", "1s"));
    assertThat(named.code()).as(named.err()).isZero();
    assertThat(named.err()).contains("Recording the requests of MyProject/orders in staging");
    assertThat(settings().path("inForce")).isEmpty();
  }

  @Test
  void settingsOfOthersAreNotDeployedUnasked() throws Exception {
    gateway.patch(ORDERS, "{\"enabled\":true,\"httpStatusCode\":503}");

    Typed refused = Typed.with(ENVIRONMENT, with("trace", "orders"));
    assertThat(refused.code()).isEqualTo(2);
    assertThat(refused.err()).contains("enabled: false -> true").contains("--yes");
    Typed declined = Typed.at(ENVIRONMENT, "n\n", true, with("trace", "orders"));
    assertThat(declined.code()).isEqualTo(1);
    assertThat(declined.err()).contains("Deploy that too? [y/N]").contains("Nothing was changed.");
    assertThat(gateway.call("/orders").statusCode()).isEqualTo(200);

    Typing agreed = type("trace", "orders", "--for", "10m", "--yes");
    agreed.awaitErr("Recording");
    assertThat(gateway.call("/orders").statusCode()).isEqualTo(503);
    agreed.awaitOut("GET /orders");
    assertThat(agreed.interrupted().code()).isZero();
    assertThat(agreed.out()).containsPattern("503     BLOCKED .* GET /orders  ");
    assertOff();
  }

  @Test
  void whatIsSavedMeanwhileIsNotDeployedAtTheEnd() throws Exception {
    Typing tracing = type("trace", "orders", "--for", "10m");
    tracing.awaitErr("Recording");
    gateway.patch(ORDERS, "{\"enabled\":true,\"httpStatusCode\":503}");
    Typed ended = tracing.interrupted();
    assertThat(ended.code()).as(ended.err()).isEqualTo(3);
    assertThat(ended.err())
        .contains("switched off in the saved settings only")
        .contains("enabled: false -> true")
        .containsPattern("It ends by itself at [0-9:]+\\.");
    assertThat(gateway.call("/orders").statusCode()).isEqualTo(200);
    assertThat(settings().path("enableTraceLog").asBoolean(true)).isFalse();
    assertThat(settings().at("/inForce/0/active").asBoolean()).isTrue();
  }

  @Test
  void traceOfSomebodyElseIsNeitherReplacedUnaskedNorEnded() throws Exception {
    Typing first = type("trace", "orders", "--for", "10m");
    first.awaitErr("Recording");
    Typed second = Typed.with(ENVIRONMENT, with("trace", "orders"));
    assertThat(second.code()).isEqualTo(2);
    assertThat(second.err())
        .contains("MyProject/orders is traced already in production, until ")
        .contains(". This replaces that trace.");
    Typing replacing = type("trace", "orders", "--for", "10m", "--yes");
    replacing.awaitErr("Recording");
    Typed ended = first.interrupted();
    assertThat(ended.code()).isEqualTo(1);
    assertThat(ended.err()).contains("Somebody else changed the trace settings");
    assertThat(settings().at("/inForce/0/active").asBoolean()).isTrue();
    assertThat(replacing.interrupted().code()).isZero();
    assertOff();
  }

  @Test
  void recordsAreDeletedWhenThatIsWanted() throws Exception {
    Typing tracing = type("trace", "orders", "--for", "10m");
    tracing.awaitErr("Recording");
    call("/orders/7", "");
    tracing.awaitOut("/orders/7");
    tracing.interrupted();
    assertThat(Typed.with(ENVIRONMENT, with("trace", "delete", "orders")).code()).isEqualTo(2);
    assertThat(ok("trace", "list", "orders").out()).contains("/orders/7");
    ok("trace", "delete", "orders", "--yes");
    assertThat(ok("trace", "list", "orders").out()).isEmpty();
    assertThat(ok("audit", "orders").out()).contains("TRACES_DELETED").contains("TRACE_READ");
  }

  @Test
  void wrongCommandLinesAreRefused() throws Exception {
    for (String[] words :
        List.of(
            new String[] {"trace"},
            new String[] {"trace", "orders", "--for", "25h"},
            new String[] {"trace", "orders", "--for", "1ms"},
            new String[] {"trace", "orders", "--status", "1000", "--for", "1s"},
            new String[] {"trace", "orders", "--status=-1", "--for", "1s"},
            new String[] {"trace", "orders", "--min-millis=-5", "--for", "1s"},
            new String[] {"trace", "list", "orders", "--min-millis=-5"},
            new String[] {"trace", "list", "orders", "--limit", "0"},
            new String[] {"trace", "show"})) {
      assertThat(Typed.with(ENVIRONMENT, with(words)).code())
          .as(List.of(words).toString())
          .isEqualTo(2);
    }
    assertThat(gateway.get(AUDIT, RunningGateway.ADMIN_TOKEN).body())
        .doesNotContain("TRACE_CHANGED");
  }

  @Test
  void shortTraceRecordsTheTimeThatWasAskedFor() throws Exception {
    Typing tracing = type("trace", "orders", "--for", "1s");
    tracing.awaitErr("Recording");
    while (!tracing.err().contains("Switching the recording off") && !tracing.isEnded()) {
      call("/orders/7", "");
    }
    Typed ended = tracing.ended();
    assertThat(ended.code()).as(ended.err()).isZero();
    assertThat(ended.out()).contains("POST /orders/7");
    assertOff();
  }
}
