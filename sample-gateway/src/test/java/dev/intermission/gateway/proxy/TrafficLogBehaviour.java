package dev.intermission.gateway.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.intermission.api.ProxyParts;
import dev.intermission.api.trafficlog.ConnectorLogSettings;
import dev.intermission.api.trafficlog.HashSalt;
import dev.intermission.api.trafficlog.LogPart;
import dev.intermission.api.trafficlog.LogRegion;
import dev.intermission.api.trafficlog.MethodLogOverride;
import dev.intermission.api.trafficlog.PrivacyDefinition;
import dev.intermission.api.trafficlog.TrafficLogSettings;
import dev.intermission.gateway.Http2Peer;
import dev.intermission.gateway.Peer;
import dev.intermission.gateway.Peer.Head;
import dev.intermission.gateway.config.LogConfig;
import dev.intermission.trafficlog.connection.LogConnection;
import dev.intermission.trafficlog.connection.LogTarget;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the records tell, compared with the bytes that went over the wire. */
abstract class TrafficLogBehaviour extends ProxyFixture {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String SECRET = "s3cr3t";
  private static final String REQUEST_BODY = "{\"pin\":\"" + SECRET + "\",\"a\":\"\u00e9\"}";
  private static final String RESPONSE_BODY = "{\"b\":[1,2]}";
  private static final Map<LogPart, String> FIELDS =
      Map.of(
          LogPart.PARAM_REQUEST_FROM_CLIENT, "fcrp",
          LogPart.HEADER_REQUEST_FROM_CLIENT, "fcrh",
          LogPart.BODY_REQUEST_FROM_CLIENT, "fcrb",
          LogPart.PARAM_REQUEST_TO_TARGET, "tbap",
          LogPart.HEADER_REQUEST_TO_TARGET, "tbah",
          LogPart.BODY_REQUEST_TO_TARGET, "tbab",
          LogPart.HEADER_RESPONSE_FROM_TARGET, "fbarh",
          LogPart.BODY_RESPONSE_FROM_TARGET, "fbarb",
          LogPart.HEADER_RESPONSE_TO_CLIENT, "tch",
          LogPart.BODY_RESPONSE_TO_CLIENT, "tcb");

  @TempDir Path folder;

  private Path file() {
    return folder.resolve("logs/access.jsonl");
  }

  @Override
  LogConfig log() {
    return new LogConfig(
        "file",
        List.of(
            new LogConnection("file", Set.of(), new LogTarget.RollingFile(file(), 10, 1, 100))));
  }

  @Override
  boolean http2() {
    return true;
  }

  private static ConnectorLogSettings enabled(PrivacyDefinition... definitions) {
    ConnectorLogSettings on = ConnectorLogSettings.INHERITED.withEnabled(true);
    return new ConnectorLogSettings(
        true, on.parts(), on.metadata(), on.bounded(), Map.of(), true, List.of(definitions));
  }

  private void log(Set<LogPart> parts, PrivacyDefinition... definitions) {
    serve(
        true,
        parts(new TrafficLogSettings(parts, Map.of("file", enabled(definitions)), List.of())));
  }

  private static ProxyParts parts(TrafficLogSettings settings) {
    return ProxyParts.NONE.withTrafficLog(settings, HashSalt.random());
  }

  private List<JsonNode> records() {
    try {
      String written = Files.exists(file()) ? Files.readString(file()) : "";
      return written
          .substring(0, written.lastIndexOf('\n') + 1)
          .lines()
          .map(TrafficLogBehaviour::json)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static JsonNode json(String line) {
    try {
      return JSON.readTree(line);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private JsonNode record() {
    await().atMost(LONG).until(() -> !records().isEmpty());
    assertThat(records()).hasSize(1);
    return records().get(0);
  }

  /** What went over the wire with one request. */
  private record Wire(List<String> request, Head toTarget, List<String> response, Head toClient) {}

  private Wire exchange() throws IOException {
    List<String> request =
        List.of(
            "Host: g",
            "X-One: 1",
            "X-One: 2",
            "Content-Type: application/json",
            "Content-Length: " + utf8(REQUEST_BODY).length());
    List<String> response =
        List.of(
            "X-Two: 3",
            "Content-Type: application/json",
            "Content-Length: " + RESPONSE_BODY.length());
    try (Peer client = client()) {
      client
          .sendHead(
              "POST /api/x?p=1&pin=" + SECRET + " HTTP/1.1\r\n" + String.join("\r\n", request))
          .send(utf8(REQUEST_BODY));
      try (Peer upstream = upstreamConnection()) {
        Head toTarget = upstream.readHead();
        assertThat(upstream.readBody(toTarget)).isEqualTo(utf8(REQUEST_BODY));
        upstream
            .sendHead("HTTP/1.1 201 Made\r\n" + String.join("\r\n", response))
            .send(RESPONSE_BODY);
        Head toClient = client.readHead();
        assertThat(client.readBody(toClient)).isEqualTo(RESPONSE_BODY);
        return new Wire(request, toTarget, response, toClient);
      }
    }
  }

  /** Returns the bytes of a text in UTF-8, each as one character. */
  private static String utf8(String text) {
    return new String(
        text.getBytes(java.nio.charset.StandardCharsets.UTF_8),
        java.nio.charset.StandardCharsets.ISO_8859_1);
  }

  private static List<String> lines(JsonNode record, String field) {
    return List.of(record.path(field).asText().split("\n", -1));
  }

  @Test
  void requestWithoutSettingsIsOneLineWithoutItsMessages() throws Exception {
    exchange();
    JsonNode record = record();
    assertThat(record.path("ei").asText()).isEqualTo("production");
    assertThat(record.path("pi").asText()).isEqualTo("MyProject");
    assertThat(record.path("apn").asText()).isEqualTo("A");
    assertThat(record.path("aprp").asText()).isEqualTo("/api");
    assertThat(record.path("hr1ra").asText()).isEqualTo("127.0.0.1");
    assertThat(record.path("hr1hm").asText()).isEqualTo("POST");
    assertThat(record.path("hr1pi").asText()).isEqualTo("/api/x");
    assertThat(record.path("hr1p").asText()).isEqualTo("HTTP/1.1");
    assertThat(record.path("sc").asInt()).isEqualTo(201);
    assertThat(record.path("rt").asText()).isEqualTo("SUCCESS");
    assertThat(record.path("ra").asText()).isEqualTo("http://127.0.0.1:" + upstreamPort() + "/x");
    assertThat(record.path("sr1t").asInt()).isEqualTo(utf8(REQUEST_BODY).length());
    assertThat(record.path("sr2t").asInt()).isEqualTo(RESPONSE_BODY.length());
    assertThat(record.path("trt").isInt()).isTrue();
    assertThat(record.path("tapt").asInt()).isGreaterThanOrEqualTo(record.path("trt").asInt());
    assertThat(FIELDS.values()).noneMatch(record::has);
  }

  @Test
  void messagesAreToldAsTheyWentOverTheWire() throws Exception {
    log(Set.of(LogPart.values()));
    Wire wire = exchange();
    JsonNode record = record();
    assertThat(record.path("fcrp").asText()).isEqualTo("p=1&pin=" + SECRET);
    assertThat(lines(record, "fcrh")).containsExactlyElementsOf(wire.request);
    assertThat(record.path("fcrb").asText()).isEqualTo(REQUEST_BODY);
    assertThat(record.path("tbap").asText()).isEqualTo("p=1&pin=" + SECRET);
    assertThat(lines(record, "tbah")).containsExactlyInAnyOrderElementsOf(wire.toTarget.fields());
    assertThat(record.path("tbab").asText()).isEqualTo(REQUEST_BODY);
    assertThat(lines(record, "fbarh")).containsExactlyElementsOf(wire.response);
    assertThat(record.path("fbarb").asText()).isEqualTo(RESPONSE_BODY);
    assertThat(lines(record, "tch")).containsExactlyInAnyOrderElementsOf(wire.toClient.fields());
    assertThat(record.path("tcb").asText()).isEqualTo(RESPONSE_BODY);
    assertThat(record.path("aci").asText()).isEqualTo(wire.toTarget.value("X-Correlation-Id"));
  }

  @ParameterizedTest
  @EnumSource(LogPart.class)
  void partIsToldIfItsFlagIsOn(LogPart part) throws Exception {
    log(Set.of(part));
    exchange();
    JsonNode record = record();
    for (Map.Entry<LogPart, String> field : FIELDS.entrySet()) {
      assertThat(record.has(field.getValue()))
          .as(field.getValue())
          .isEqualTo(field.getKey() == part);
    }
  }

  @Test
  void requestOfHttp2IsToldAsItWentOverTheWire() throws Exception {
    log(Set.of(LogPart.values()));
    try (Http2Peer client = Http2Peer.connect(trafficPort())) {
      int stream =
          client.request(
              false,
              ":method",
              "POST",
              ":scheme",
              "http",
              ":path",
              "/api/y?q=1",
              ":authority",
              "g",
              "x-one",
              "1",
              "content-type",
              "text/plain");
      client.data(stream, "abc", false);
      client.data(stream, "def", true);
      try (Peer upstream = upstreamConnection()) {
        Head toTarget = upstream.readHead();
        StringBuilder sent = new StringBuilder(upstream.readChunk());
        while (sent.length() < 6) {
          sent.append(upstream.readChunk());
        }
        upstream.readTrailers();
        upstream
            .sendHead("HTTP/1.1 200 OK", "Content-Type: text/plain", "Transfer-Encoding: chunked")
            .send("2\r\nxy\r\n1\r\nz\r\n0\r\n\r\n");
        assertThat(client.outcome(stream).status()).isEqualTo(200);
        JsonNode record = record();
        assertThat(record.path("hr1p").asText()).isEqualTo("HTTP/2.0");
        assertThat(record.path("fcrp").asText()).isEqualTo("q=1");
        assertThat(lines(record, "fcrh")).contains("x-one: 1", "content-type: text/plain");
        assertThat(record.path("fcrb").asText()).isEqualTo("abcdef");
        // What frames the message is no part of it, and the client of the upstream has its own
        // spelling of some names.
        assertThat(lines(record, "tbah"))
            .map(line -> line.toLowerCase(Locale.ROOT))
            .containsExactlyInAnyOrderElementsOf(
                toTarget.fields().stream()
                    .map(line -> line.toLowerCase(Locale.ROOT))
                    .filter(line -> !line.startsWith("transfer-encoding:"))
                    .toList());
        assertThat(record.path("tbab").asText()).isEqualTo("abcdef");
        assertThat(record.path("fbarb").asText()).isEqualTo("xyz");
        assertThat(record.path("tcb").asText()).isEqualTo("xyz");
        assertThat(lines(record, "tch")).contains("Content-Type: text/plain");
        assertThat(record.path("sr1t").asInt()).isEqualTo(6);
        assertThat(record.path("sr2t").asInt()).isEqualTo(3);
      }
    }
  }

  @Test
  void answerOfAClosedApiIsBlockedAndWaitsForNoBody() throws Exception {
    serve(
        false,
        parts(
            new TrafficLogSettings(
                Set.of(LogPart.values()), Map.of("file", enabled()), List.of())));
    try (Peer client = client()) {
      client.sendHead("POST /api/x HTTP/1.1", "Host: g", "Content-Length: 100").send("abc");
      assertThat(client.readHead().first()).startsWith("HTTP/1.1 503");
    }
    JsonNode record = record();
    assertThat(record.path("rt").asText()).isEqualTo("BLOCKED");
    assertThat(record.path("ra").asText()).isEqualTo("apinizer://maintenance");
    assertThat(record.path("sc").asInt()).isEqualTo(503);
    assertThat(record.path("apn").asText()).isEqualTo("A");
    assertThat(record.path("tcb").asText()).isEqualTo("Back at six");
    assertThat(lines(record, "tch")).contains("Cache-Control: no-store");
    assertThat(record.has("trt")).isFalse();
    assertThat(record.has("et")).isFalse();
  }

  @Test
  void requestThatIsLetInIsMarkedAndItsTokenIsInNoRecord() throws Exception {
    String token = "imb_" + "t".repeat(43);
    ProxyParts parts =
        parts(
            new TrafficLogSettings(Set.of(LogPart.values()), Map.of("file", enabled()), List.of()));
    serve(false, parts.withBypassTokens(List.of(bypass(token))));
    try (Peer client = client()) {
      client.sendHead("GET /api HTTP/1.1", "Host: g", "Intermission-Bypass: " + token);
      try (Peer upstream = upstreamConnection()) {
        upstream.readHead();
        upstream.sendHead("HTTP/1.1 204 None");
        assertThat(client.readHead().first()).startsWith("HTTP/1.1 204");
      }
    }
    JsonNode record = record();
    assertThat(record.path("passage").asText()).isEqualTo("bypassed");
    assertThat(record.path("rt").asText()).isEqualTo("SUCCESS");
    assertThat(lines(record, "fcrh")).contains("Intermission-Bypass: ***");
    assertThat(lines(record, "tch")).contains("Cache-Control: no-store");
    assertThat(Files.readString(file())).doesNotContain(token);
  }

  @Test
  void requestThatFailsIsAnErrorWithItsCode() throws Exception {
    endUpstream();
    try (Peer client = client()) {
      client.sendHead("GET /api HTTP/1.1", "Host: g");
      assertThat(client.readHead().first()).startsWith("HTTP/1.1 502");
    }
    JsonNode record = record();
    assertThat(record.path("rt").asText()).isEqualTo("ERROR");
    assertThat(record.path("et").asText()).isEqualTo("UPSTREAM_UNREACHABLE");
    assertThat(record.path("sc").asInt()).isEqualTo(502);
  }

  @Test
  void requestThatBelongsToNoApiIsAnErrorOfNone() throws Exception {
    try (Peer client = client()) {
      client.sendHead("GET /none HTTP/1.1", "Host: g");
      assertThat(client.readHead().first()).startsWith("HTTP/1.1 404");
    }
    JsonNode record = record();
    assertThat(record.path("rt").asText()).isEqualTo("ERROR");
    assertThat(record.path("et").asText()).isEqualTo("NO_ROUTE");
    assertThat(record.has("apn")).isFalse();
  }

  @Test
  void responseThatBreaksOffIsAnErrorWithTheStatusThatWasSent() throws Exception {
    try (Peer client = client()) {
      client.sendHead("GET /api HTTP/1.1", "Host: g");
      try (Peer upstream = upstreamConnection()) {
        upstream.readHead();
        upstream.sendHead("HTTP/1.1 200 OK", "Content-Length: 10").send("abc");
        client.readHead();
      }
      JsonNode record = record();
      assertThat(record.path("rt").asText()).isEqualTo("ERROR");
      assertThat(record.path("et").asText()).isEqualTo("UPSTREAM_BROKE_OFF");
      assertThat(record.path("sc").asInt()).isEqualTo(200);
    }
  }

  @Test
  void whatIsPrivateIsInNoRecord() throws Exception {
    log(Set.of(LogPart.values()), PrivacyDefinition.ofElement("pin"));
    exchange();
    JsonNode record = record();
    assertThat(record.path("fcrp").asText()).isEqualTo("p=1&pin=***");
    assertThat(record.path("fcrb").asText()).isEqualTo(REQUEST_BODY.replace(SECRET, "***"));
    assertThat(Files.readString(file())).doesNotContain(SECRET);
  }

  @Test
  void methodWithAnOverrideIsLoggedInItsWay() throws Exception {
    TrafficLogSettings settings =
        new TrafficLogSettings(
            Set.of(LogPart.values()),
            Map.of("file", enabled()),
            List.of(
                new MethodLogOverride(
                    "POST", Map.of("file", ConnectorLogSettings.INHERITED.withEnabled(false)))));
    serve(true, parts(settings));
    exchange();
    endUpstream();
    try (Peer client = client()) {
      client.sendHead("GET /api HTTP/1.1", "Host: g");
      client.readHead();
    }
    assertThat(record().path("hr1hm").asText()).isEqualTo("GET");
  }

  @Test
  void bodyIsCutToItsBoundAndNothingIsHeldBack() throws Exception {
    ConnectorLogSettings bounded =
        new ConnectorLogSettings(
            true,
            enabled().parts(),
            enabled().metadata(),
            enabled().bounded(),
            Map.of(LogRegion.RESPONSE_TO_CLIENT, 5),
            null,
            null);
    serve(
        true,
        parts(
            new TrafficLogSettings(
                Set.of(LogPart.BODY_RESPONSE_TO_CLIENT), Map.of("file", bounded), List.of())));
    try (Peer client = client()) {
      client.sendHead("GET /api HTTP/1.1", "Host: g");
      try (Peer upstream = upstreamConnection()) {
        upstream.readHead();
        upstream
            .sendHead("HTTP/1.1 200 OK", "Content-Type: text/plain", "Transfer-Encoding: chunked")
            .send("3\r\nabc\r\n");
        client.readHead();
        assertThat(client.readChunk()).isEqualTo("abc");
        assertThat(records()).isEmpty();
        upstream.send("4\r\ndefg\r\n0\r\n\r\n");
        assertThat(client.readChunk()).isEqualTo("defg");
      }
    }
    JsonNode record = record();
    assertThat(record.path("tcb").asText()).isEqualTo("abcde");
    assertThat(record.path("sr2t").asInt()).isEqualTo(7);
  }

  @Test
  void fileThatCantBeWrittenKeepsNoRequestWaitingAndGetsTheRecordsLater() throws Exception {
    Files.writeString(folder.resolve("logs"), "in the way");
    for (int i = 0; i < 5; i++) {
      try (Peer client = client()) {
        client.sendHead("GET /none HTTP/1.1", "Host: g");
        assertThat(client.readHead().first()).startsWith("HTTP/1.1 404");
      }
    }
    Files.delete(folder.resolve("logs"));
    await().atMost(LONG).until(() -> records().size() == 5);
  }

  @Test
  void snapshotWithoutSettingsEndsTheRecordsOfAnApiAndBeginsItsLines() throws Exception {
    serve(true, parts(TrafficLogSettings.DEFAULT));
    try (Peer client = client()) {
      client.sendHead("GET /api/x HTTP/1.1", "Host: g");
      try (Peer upstream = upstreamConnection()) {
        upstream.readHead();
        // The next request must not go on a connection that ends before the gateway sees it.
        upstream.sendHead("HTTP/1.1 204 None", "Connection: close");
        assertThat(client.readHead().first()).startsWith("HTTP/1.1 204");
      }
    }
    serve(true, ProxyParts.NONE);
    exchange();
    assertThat(record().has("fcrh")).isFalse();
  }

  @Test
  void targetIsToldAsItWentToTheUpstream() throws Exception {
    log(Set.of(LogPart.values()));
    try (Peer client = client()) {
      client.send(utf8("GET /api/\u00e9?q=\u00e9 HTTP/1.1\r\nHost: g\r\n\r\n"));
      try (Peer upstream = upstreamConnection()) {
        assertThat(upstream.readHead().first()).isEqualTo("GET /%C3%A9?q=%C3%A9 HTTP/1.1");
        upstream.sendHead("HTTP/1.1 204 None");
        client.readHead();
      }
    }
    JsonNode record = record();
    assertThat(record.path("ra").asText())
        .isEqualTo("http://127.0.0.1:" + upstreamPort() + "/%C3%A9");
    assertThat(record.path("tbap").asText()).isEqualTo("q=%C3%A9");
  }

  @Test
  void clientThatHasGoneGotNeitherAStatusNorBytes() throws Exception {
    try (Peer client = client()) {
      client.sendHead("GET /api HTTP/1.1", "Host: g");
      try (Peer upstream = upstreamConnection()) {
        upstream.readHead();
        client.reset();
        upstream.sendHead("HTTP/1.1 200 OK", "Content-Length: 3").send("abc");
        JsonNode record = record();
        assertThat(record.path("rt").asText()).isEqualTo("ERROR");
        assertThat(record.path("sc").asInt()).isZero();
        assertThat(record.path("sr2t").asInt()).isZero();
      }
    }
  }
}
