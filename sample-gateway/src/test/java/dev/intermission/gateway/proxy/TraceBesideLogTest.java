package dev.intermission.gateway.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.read.ListAppender;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.intermission.api.ProxyParts;
import dev.intermission.api.TraceWindow;
import dev.intermission.api.trace.TraceRecord;
import dev.intermission.api.trafficlog.ConnectorLogSettings;
import dev.intermission.api.trafficlog.HashSalt;
import dev.intermission.api.trafficlog.LogPart;
import dev.intermission.api.trafficlog.LogRegion;
import dev.intermission.api.trafficlog.MaskMode;
import dev.intermission.api.trafficlog.PrivacyDefinition;
import dev.intermission.api.trafficlog.PrivacyDefinition.Mask;
import dev.intermission.api.trafficlog.PrivacyOperation;
import dev.intermission.api.trafficlog.PrivacyPattern;
import dev.intermission.api.trafficlog.TrafficLogSettings;
import dev.intermission.gateway.Peer;
import dev.intermission.gateway.Peer.Head;
import dev.intermission.gateway.config.LogConfig;
import dev.intermission.trafficlog.connection.LogConnection;
import dev.intermission.trafficlog.connection.LogTarget;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** Records of requests, while the traffic log is on and wants other things. */
class TraceBesideLogTest extends TraceFixture {

  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path folder;

  private Path file() {
    return folder.resolve("access.jsonl");
  }

  @Override
  LogConfig log() {
    return new LogConfig(
        "off",
        List.of(
            new LogConnection("file", Set.of(), new LogTarget.RollingFile(file(), 10, 1, 100))));
  }

  private static ConnectorLogSettings connection(
      boolean isEnabled, Map<LogRegion, Integer> sizes, PrivacyDefinition... definitions) {
    ConnectorLogSettings inherited = ConnectorLogSettings.INHERITED;
    return new ConnectorLogSettings(
        isEnabled,
        inherited.parts(),
        inherited.metadata(),
        inherited.bounded(),
        sizes,
        null,
        List.of(definitions));
  }

  private static PrivacyDefinition definition(
      PrivacyPattern pattern, @Nullable String name, PrivacyOperation operation) {
    return new PrivacyDefinition(null, true, pattern, name, null, operation, Mask.DEFAULT);
  }

  private JsonNode logged() throws IOException {
    await()
        .atMost(LONG)
        .until(() -> Files.exists(file()) && Files.readString(file()).endsWith("\n"));
    List<String> lines = Files.readAllLines(file());
    assertThat(lines).hasSize(1);
    return JSON.readTree(lines.get(0));
  }

  private void exchange(String target, List<String> fields, String body) throws IOException {
    try (Peer client = client()) {
      client
          .sendHead(
              "POST " + target + " HTTP/1.1\r\nHost: g\r\n" + String.join("\r\n", fields),
              "Content-Length: " + body.length())
          .send(body);
      try (Peer upstream = upstreamConnection()) {
        Head head = upstream.readHead();
        assertThat(upstream.readBody(head)).isEqualTo(body);
        upstream
            .sendHead(
                "HTTP/1.1 200 OK\r\n" + String.join("\r\n", fields),
                // Otherwise the next request may be sent on this connection, which ends here.
                "Connection: close",
                "Content-Length: " + body.length())
            .send(body);
        assertThat(client.readBody(client.readHead())).isEqualTo(body);
      }
    }
  }

  @Test
  void eachSeesWhatItWantsAndNoMore() throws Exception {
    TrafficLogSettings settings =
        new TrafficLogSettings(
            Set.of(LogPart.BODY_RESPONSE_TO_CLIENT),
            Map.of(
                "file", connection(true, Map.of(LogRegion.RESPONSE_TO_CLIENT, 5)),
                "other", connection(false, Map.of(), PrivacyDefinition.ofElement("pin"))),
            List.of());
    serve(true, traced(ProxyParts.NONE.withTrafficLog(settings, null)));
    exchange("/api?pin=7", List.of("Content-Type: text/plain", "X-One: 1"), "abcdefgh");
    JsonNode record = record();
    assertThat(record.path("fromClient").path("target").asText()).isEqualTo("/api?pin=***");
    assertThat(lines(record.path("fromClient"))).contains("X-One: 1");
    assertBody(record.path("toTarget"), "abcdefgh", 8, true);
    assertBody(record.path("toClient"), "abcdefgh", 8, true);
    JsonNode line = logged();
    assertThat(line.path("tcb").asText()).isEqualTo("abcde");
    for (String field :
        List.of("fcrp", "fcrh", "fcrb", "tbap", "tbah", "tbab", "fbarh", "fbarb", "tch")) {
      assertThat(line.has(field)).as(field).isFalse();
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void bodyOfWhichNothingHasComeIsToldWhileAPatternIsInForce(boolean isClosed) throws Exception {
    TrafficLogSettings settings =
        new TrafficLogSettings(
            Set.of(LogPart.BODY_REQUEST_FROM_CLIENT, LogPart.BODY_REQUEST_TO_TARGET),
            Map.of(
                "file",
                connection(
                    true, Map.of(), definition(PrivacyPattern.EMAIL, null, PrivacyOperation.MASK))),
            List.of());
    serve(!isClosed, traced(ProxyParts.NONE.withTrafficLog(settings, null)));
    if (isClosed) {
      try (Peer client = client().sendHead("POST /api HTTP/1.1", "Host: g", "Content-Length: 5")) {
        assertThat(client.readHead().status()).isEqualTo(503);
        assertBody(record().path("fromClient"), "", 0, false);
      }
    } else {
      try (Peer client = client().sendHead("GET /api HTTP/1.1", "Host: g");
          Peer upstream = upstreamConnection()) {
        upstream.readHead();
        upstream.sendHead("HTTP/1.1 204 None", "Connection: close");
        client.readHead();
      }
      assertThat(record().path("toTarget").path("body").isNull()).isTrue();
    }
    assertThat(logged().path("fcrb").asText("none")).isEmpty();
  }

  @Test
  void valueThatTwoConnectionsTreatInDifferentWaysIsMaskedAsAWhole() throws Exception {
    Mask keepsLast = new Mask(MaskMode.KEEP_LAST, "*", 4);
    PrivacyDefinition named =
        new PrivacyDefinition(
            null,
            true,
            PrivacyPattern.ELEMENT_NAME,
            "card",
            null,
            PrivacyOperation.MASK,
            keepsLast);
    TrafficLogSettings settings =
        new TrafficLogSettings(
            Set.of(LogPart.BODY_REQUEST_FROM_CLIENT),
            Map.of(
                "file", connection(true, Map.of(), named),
                "other",
                    connection(
                        false,
                        Map.of(),
                        definition(PrivacyPattern.CREDIT_CARD, null, PrivacyOperation.MASK))),
            List.of());
    serve(true, traced(ProxyParts.NONE.withTrafficLog(settings, null)));
    exchange(
        "/api?card=4111111111111111",
        List.of("Content-Type: application/json", "Card: 4111111111111111"),
        "{\"card\":\"4111111111111111\"}");
    assertThat(record().toString()).doesNotContain("1111");
    assertThat(record().path("fromClient").path("body").path("text").asText())
        .isEqualTo("{\"card\":\"***\"}");
    assertThat(logged().path("fcrb").asText()).isEqualTo("{\"card\":\"************1111\"}");
  }

  @Test
  void whatTheGatewayCopiesUnderOtherNamesIsPrivateThere() throws Exception {
    TrafficLogSettings settings =
        new TrafficLogSettings(
            Set.of(
                LogPart.HEADER_REQUEST_TO_TARGET,
                LogPart.HEADER_RESPONSE_TO_CLIENT,
                LogPart.BODY_RESPONSE_TO_CLIENT),
            Map.of(
                "file",
                connection(
                    true,
                    Map.of(),
                    PrivacyDefinition.ofElement("X-Correlation-Id"),
                    PrivacyDefinition.ofElement("Host"))),
            List.of());
    serve(true, traced(ProxyParts.NONE.withTrafficLog(settings, null)));
    try (Peer client = client()) {
      client
          .sendHead(
              "POST /api HTTP/1.1",
              "Host: pl4nted.example",
              "X-Correlation-Id: pl4nted",
              "Content-Length: 1")
          .send("a");
      // No response: the gateway answers with a body of its own, which has the id.
      try (Peer upstream = upstreamConnection()) {
        Head toTarget = upstream.readHead();
        assertThat(upstream.readBody(toTarget)).isEqualTo("a");
        assertThat(toTarget.value("X-Forwarded-Host")).isEqualTo("pl4nted.example");
        assertThat(toTarget.value("Forwarded")).contains("pl4nted.example");
      }
      Head head = client.readHead();
      assertThat(head.status()).isEqualTo(502);
      assertThat(client.readBody(head)).contains("pl4nted");
    }
    JsonNode record = record();
    assertThat(record.toString()).doesNotContain("pl4nted");
    assertThat(record.path("toClient").path("body").path("text").asText()).contains("***");
    JsonNode line = logged();
    assertThat(line.toString()).doesNotContain("pl4nted");
    assertThat(line.path("tbah").asText()).contains("X-Forwarded-Host: ***");
  }

  @Test
  void requestOutsideOfTheWindowIsLoggedAlone() throws Exception {
    TrafficLogSettings settings =
        new TrafficLogSettings(
            Set.of(LogPart.HEADER_REQUEST_FROM_CLIENT),
            Map.of("file", connection(true, Map.of())),
            List.of());
    Instant now = Instant.now();
    TraceWindow over = new TraceWindow(now.minusSeconds(20), now.minusSeconds(10));
    serve(true, ProxyParts.NONE.withTrafficLog(settings, null).withTrace(over));
    exchange("/api", List.of("X-One: 1"), "a");
    assertThat(logged().path("fcrh").asText()).contains("X-One: 1");
    assertThat(isOn()).isFalse();
    assertThat(reports).isEmpty();
  }

  @Test
  void plantedSecretsAreInNoRecordAndNoLine() throws Exception {
    ListAppender<ILoggingEvent> lines = new ListAppender<>();
    lines.start();
    Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    root.addAppender(lines);
    try {
      TrafficLogSettings settings =
          new TrafficLogSettings(
              Set.of(),
              Map.of(
                  "one",
                      connection(
                          false,
                          Map.of(),
                          PrivacyDefinition.ofElement("pin"),
                          definition(PrivacyPattern.EMAIL, null, PrivacyOperation.HASH)),
                  "two",
                      connection(
                          true,
                          Map.of(),
                          definition(PrivacyPattern.CREDIT_CARD, null, PrivacyOperation.DELETE),
                          definition(
                              PrivacyPattern.ELEMENT_NAME, "x-key", PrivacyOperation.DELETE))),
              List.of());
      serve(true, traced(ProxyParts.NONE.withTrafficLog(settings, HashSalt.random())));
      String pin = "pl4nted-pin";
      String mail = "pl4nted@example.org";
      String card = "4111111111111111";
      List<String> fields =
          List.of(
              "Authorization: Bearer pl4nted-token",
              "Cookie: a=pl4nted-cookie",
              "Set-Cookie: a=pl4nted-cookie",
              "X-Key: pl4nted-key",
              "X-Note: written by " + mail,
              "X-Correlation-Id: " + card);
      String target = "/api/" + card + "/" + mail + "?pin=" + pin + "&mail=" + mail;
      Map<String, String> bodies =
          Map.of(
              "application/json", "{\"a\":[{\"pin\":\"%s\"}],\"card\":\"%s\",\"m\":\"%s\"}",
              "text/xml", "<a><pin>%s</pin><c>%s</c><m>%s</m></a>",
              "application/x-www-form-urlencoded", "pin=%s&c=%s&m=%s",
              "text/plain", "%s %s %s".substring(3));
      for (Map.Entry<String, String> body : bodies.entrySet()) {
        List<String> all = new ArrayList<>(fields);
        all.add("Content-Type: " + body.getKey());
        boolean hasPin = !body.getKey().equals("text/plain");
        String text =
            hasPin
                ? body.getValue().formatted(pin, card, mail)
                : body.getValue().formatted(card, mail);
        exchange(target, all, text);
      }
      await().atMost(LONG).until(() -> records().size() == bodies.size());
      for (TraceRecord record : records()) {
        String told = record.document() + record.line();
        assertThat(told).doesNotContain("pl4nted", card);
        JsonNode document = document(record);
        for (String side : List.of("fromClient", "toTarget", "fromTarget", "toClient")) {
          assertThat(document.path(side).path("body").path("text").asText()).isNotEmpty();
          assertThat(lines(document.path(side))).contains("Authorization: ***");
        }
      }
      assertThat(List.copyOf(lines.list))
          .noneMatch(
              event ->
                  event.getFormattedMessage().contains("pl4nted")
                      || (event.getThrowableProxy() != null
                          && ThrowableProxyUtil.asString(event.getThrowableProxy())
                              .contains("pl4nted")));
    } finally {
      root.detachAppender(lines);
    }
  }
}
