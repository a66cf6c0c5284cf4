package dev.intermission.gateway.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * No text that the management API returns controls the terminal: here each of them tries to, in
 * answers, refusals and events.
 */
class HarmlessTextTest {

  private static final String INVISIBLE =
      "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c\u2028";

  /**
   * Clears the screen, fills the clipboard, moves the cursor, deletes, and reorders what is read.
   */
  private static final String PLANTED =
      "x\u001b[2J\u001b]52;c;cm0gLXJm\u0007\u009b1A\u0085\u007f\b\r\t\u0000" + INVISIBLE + "y";

  private static final String NAME = "orders" + PLANTED;

  /** The sequences of our own: colours, and what draws a line or a table again. */
  private static final String OWN = "\u001b\\[(31|32|33|0)m|\u001b\\[[HKJ]|\r\u001b\\[K";

  private static final String TIME = "\"2026-07-01T10:00:00Z\"";

  /** One answer for all calls: each of them finds its fields in it. */
  private static final String ANSWER =
      """
      {"status":"SUCCESS","success":true,"resultCount":1,"totalCount":1,"resultMessage":§,
       "access_token":"imt_1","expires_in":3600,
       "id":§,"token":§,"username":§,"createdAt":@,"expiresAt":@,"description":§,
       "resultList":[{"project":"P","name":"orders~","categoryList":[§],"environmentName":§,"environment":§,
         "deployed":true,"closed":CLOSED,"since":@,"username":§,"startsAt":null,"endsAt":"2126-07-01T18:00:00+02:00",
         "reopenAtEnd":true,"httpStatusCode":503,"revision":1,"redeployRequired":true,
         "nodes":{"serving":1,"live":2,"behind":1},"requests":{"inFlight":1,"lastMinute":{"answers":1}},
         "enabled":true,"contentType":§,"message":§,"closedMethods":[§],"openPaths":[§],"openToAddresses":[§],"admitPercent":5,
         "settings":{"enabled":false,"message":"b~","contentType":§,"closedMethods":[§],"openPaths":[§],
           "openToAddresses":[§],"admitPercent":5},
         "id":§,"description":§,"time":@,"deploymentTime":@,"createdAt":@,"expiresAt":@,"deploy":true,"operation":§,
         "action":§,"address":§,"correlationId":§,"before":{"message":§,"~":§},"after":{"message":"a~"},
         "node":§,"method":§,"path":§,"result":§,"target":§,"millis":7,"peerAddress":§,"protocol":§,"host":§,
         "error":§,"passage":§,"detected":[§],"times":{"gate":§,"upstream":1.5},
         "fromClient":{"method":§,"target":§,"fields":[{"name":§,"value":§}],
           "body":{"text":"one~\\ntwo~","length":9,"complete":false}},
         "toTarget":null,"fromTarget":{"status":200,"fields":[{"name":§,"value":§}],"body":null},
         "enableTraceLog":true,"stopTime":"2126-07-01T18:00:00Z",
         "inForce":[{"environmentName":§,"startTime":@,"stopTime":"2126-07-01T18:00:00Z","active":true}],
         "drained":true,"pods":[{"name":§,"active":true,"inFlight":1}],
         "deploymentList":[{"environmentName":§,"revision":1,"success":true}],
         "proxies":[{"project":"P","name":"orders~","deploymentList":[{"environmentName":§}]},
           {"project":"P","name":"stock~","deploymentList":[{"environmentName":§}]}]},
         {"project":"P","name":"stock~","environmentName":§,"deployed":true,"closed":false,"revision":1,
           "id":§,"time":@,"deploymentTime":@,"createdAt":@,"expiresAt":@}],
       "deploymentResult":{"success":false,"detailList":[
         {"envName":§,"podName":§,"success":true,"detail":§},{"envName":§,"podName":"2~","success":false,"detail":§}]},
       "warnings":[{"code":§,"message":§},{"code":"GATEWAYS_BEHIND","message":§}],
       "proxies":[{"project":"P","name":"orders~","inForce":[{"environment":§,"closed":{"before":false,"after":true},
         "changes":[{"field":§,"before":§,"after":"a~"}]}]}],
       "inForce":[{"environment":§,"closed":{"before":false,"after":true},
         "changes":[{"field":§,"before":§,"after":"a~"}]}],
       "response":{"status":503,"fields":[{"name":§,"value":§}],"body":"one~\\ntwo~"}}
      """;

  private static final String REFUSAL =
      """
      {"error":§,"error_description":§,"errors":[{"field":§,"message":§}],"path":§}
      """;

  private final Path folder;
  private final AtomicInteger streams = new AtomicInteger();
  private volatile int status = 200;
  private volatile boolean closed = true;
  private final HttpServer server;

  HarmlessTextTest(@TempDir Path folder) throws IOException {
    this.folder = folder;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
  }

  @BeforeEach
  void start() {
    server.createContext("/", this::answer);
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      exchange.getRequestBody().readAllBytes();
      String path = exchange.getRequestURI().getPath();
      String text = planted(status == 200 ? ANSWER : REFUSAL);
      if (status == 200 && path.endsWith("/events/")) {
        text = events(text);
        exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
      }
      byte[] body = text.getBytes(UTF_8);
      exchange.getResponseHeaders().set("ETag", "\"1\"");
      exchange.sendResponseHeaders(status, body.length);
      exchange.getResponseBody().write(body);
    }
  }

  private String planted(String json) {
    String text = new String(JsonStringEncoder.getInstance().quoteAsString(PLANTED));
    return json.replace("CLOSED", String.valueOf(closed))
        .replace("§", "\"" + text + "\"")
        .replace("~", text)
        .replace("@", TIME);
  }

  /** Returns a stream that is lost at first, and then ends since the token does. */
  private String events(String line) {
    String data = line.replace("\n", "");
    String reason = streams.getAndIncrement() % 2 == 0 ? "LOST ~" : "TOKEN_~";
    return "event: state\ndata: {\"first\":true,\"last\":true,"
        + data.substring(1)
        + "\n\nevent: change\ndata: "
        + data
        + "\n\nevent: end\ndata: "
        + planted("{\"reason\":\"" + reason + "\"}")
        + "\n\n";
  }

  static Stream<List<String>> commands() {
    return Stream.of(
        List.of("close", NAME),
        List.of("close", NAME, "--wait-drained=1s"),
        List.of("close", NAME, "--message", "no JSON"),
        List.of("close", NAME, "stock" + PLANTED),
        List.of("close", "--category", PLANTED, "--yes"),
        List.of("close", "--category", PLANTED, "--dry-run"),
        List.of("close", NAME, "--dry-run"),
        List.of("close", "or"),
        List.of("open", NAME),
        List.of("open", NAME, "--let-in", "10%"),
        List.of("open", NAME, "--environment", "nowhere"),
        List.of("status"),
        List.of("status", "--all"),
        List.of("watch"),
        List.of("diff", NAME),
        List.of("history", NAME),
        List.of("rollback", NAME, "1"),
        List.of("rollback", NAME, "1", "--dry-run"),
        List.of("rollback", NAME, "1", "--environment", "nowhere"),
        List.of("audit", NAME),
        List.of("bypass", "create", NAME),
        List.of("bypass", "list", NAME),
        List.of("bypass", "revoke", NAME, PLANTED),
        List.of("trace", "list", NAME),
        List.of("trace", "show", NAME + "/" + PLANTED),
        List.of("trace", "show", PLANTED),
        List.of("trace", "delete", NAME),
        List.of("trace", NAME, "--env", "nowhere"),
        List.of("undo", PLANTED),
        List.of("undo", PLANTED, "--yes"),
        List.of("undo", PLANTED, "--dry-run"));
  }

  private void assertHarmless(List<String> command) {
    StringBuilder all = new StringBuilder();
    for (boolean terminal : new boolean[] {false, true}) {
      for (boolean json : new boolean[] {false, true}) {
        List<String> words = new ArrayList<>(command);
        words.addAll(List.of("--url", "http://127.0.0.1:" + server.getAddress().getPort()));
        if (json) {
          words.add("--json");
        }
        Typed typed =
            Typed.at(
                Map.of("INTERMISSION_TOKEN", "t"), "y\n", terminal, words.toArray(String[]::new));
        assertThat(harmful(typed.out())).as("out of %s: %s", words, typed.out()).isEmpty();
        assertThat(harmful(typed.err())).as("err of %s: %s", words, typed.err()).isEmpty();
        all.append(typed.out()).append(typed.err());
      }
    }
    assertThat(all).as(command.toString()).contains("x");
  }

  private static List<String> harmful(String text) {
    return text.replaceAll(OWN, "")
        .codePoints()
        .filter(point -> point != '\n' && (Character.isISOControl(point) || isInvisible(point)))
        .mapToObj(Integer::toHexString)
        .toList();
  }

  private static boolean isInvisible(int point) {
    return INVISIBLE.indexOf(point) >= 0;
  }

  @ParameterizedTest
  @MethodSource("commands")
  void answersAreHarmless(List<String> command) {
    assertHarmless(command);
    closed = false;
    assertHarmless(command);
  }

  @Test
  @Tag("slow")
  void traceIsHarmless() {
    assertHarmless(List.of("trace", NAME, "--for", "1s"));
  }

  @ParameterizedTest
  @MethodSource("commands")
  void refusalsAreHarmless(List<String> command) {
    for (int refusal : new int[] {400, 401, 409}) {
      status = refusal;
      assertHarmless(command);
    }
  }

  @Test
  void outagesAndRefusedClientsAreHarmless() {
    status = 503;
    String url = "http://127.0.0.1:" + server.getAddress().getPort();
    Typed away = Typed.with(Map.of("INTERMISSION_TOKEN", "t"), "status", "--url", url);
    assertThat(away.code()).isEqualTo(5);
    status = 401;
    Map<String, String> environment = Map.of("XDG_CONFIG_HOME", folder.toString());
    Typed added =
        Typed.at(
            environment,
            "s\n",
            false,
            "context",
            "add",
            "here",
            "--url",
            url,
            "--client-id",
            "job");
    Typed unnamed = Typed.with(environment, "context", "add", PLANTED, "--url", url);
    assertThat(unnamed.code()).isEqualTo(2);
    Typed listed = Typed.with(environment, "context", "list");
    Typed refused = Typed.with(environment, "status");
    assertThat(refused.code()).as(added + "\n" + refused).isEqualTo(4);
    for (Typed typed : List.of(away, unnamed, added, listed, refused)) {
      assertThat(harmful(typed.out() + typed.err())).as(typed.toString()).isEmpty();
    }
  }

  @Test
  void programsGetTheTextAsItIs() throws Exception {
    Typed typed =
        Typed.with(
            Map.of("INTERMISSION_TOKEN", "t"),
            "status",
            "--json",
            "--url",
            "http://127.0.0.1:" + server.getAddress().getPort());
    assertThat(typed.json().at("/apis/0/name").asText()).isEqualTo(NAME);
    assertThat(typed.out()).contains("\\u009b1A\\u0085\\u007f").contains("\\u202e");
  }

  @Test
  void bodyOfADryRunKeepsItsLines() {
    Typed typed =
        Typed.with(
            Map.of("INTERMISSION_TOKEN", "t"),
            "close",
            NAME,
            "--dry-run",
            "--url",
            "http://127.0.0.1:" + server.getAddress().getPort());
    assertThat(typed.out()).containsPattern("(?m)^    onex").containsPattern("(?m)^    twox");
  }
}
