package dev.intermission.trafficlog.trace;

import static dev.intermission.trafficlog.trace.TracedExchange.PROXY;
import static dev.intermission.trafficlog.trace.TracedExchange.message;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.intermission.api.trace.TraceRecord;
import dev.intermission.api.trafficlog.HashSalt;
import dev.intermission.api.trafficlog.PrivacyDefinition;
import dev.intermission.api.trafficlog.PrivacyDefinition.Mask;
import dev.intermission.api.trafficlog.PrivacyOperation;
import dev.intermission.api.trafficlog.PrivacyPattern;
import dev.intermission.trafficlog.capture.CapturedBody;
import dev.intermission.trafficlog.capture.CapturedExchange;
import dev.intermission.trafficlog.capture.CapturedMessage;
import dev.intermission.trafficlog.privacy.PrivacyRules;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class TraceWriterTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final HashSalt SALT = new HashSalt("0123456789abcdef".repeat(4));

  private static TraceRecord write(CapturedExchange exchange, PrivacyDefinition... definitions) {
    return TraceWriter.write(exchange, PROXY, PrivacyRules.of(List.of(definitions), SALT));
  }

  private static JsonNode document(CapturedExchange exchange, PrivacyDefinition... definitions)
      throws IOException {
    return JSON.readTree(write(exchange, definitions).document());
  }

  private static PrivacyDefinition definition(
      PrivacyPattern pattern, @Nullable String what, PrivacyOperation operation) {
    boolean isName = pattern == PrivacyPattern.ELEMENT_NAME;
    return new PrivacyDefinition(
        null,
        true,
        pattern,
        isName ? what : null,
        pattern == PrivacyPattern.REGEX ? what : null,
        operation,
        Mask.DEFAULT);
  }

  @Test
  void documentHasTheFieldsOfTheContract() throws IOException {
    JsonNode record = document(TracedExchange.of("/a"));
    assertThat(record.fieldNames())
        .toIterable()
        .containsExactly(
            "id",
            "time",
            "correlationId",
            "method",
            "path",
            "protocol",
            "host",
            "peerAddress",
            "status",
            "result",
            "error",
            "passage",
            "target",
            "millis",
            "times",
            "fromClient",
            "toTarget",
            "fromTarget",
            "toClient",
            "detected");
    assertThat(record.path("times").fieldNames())
        .toIterable()
        .containsExactly("gate", "connection", "upstream", "response");
    assertThat(record.path("fromClient").fieldNames())
        .toIterable()
        .containsExactly("method", "target", "fields", "body");
    assertThat(record.path("toClient").fieldNames())
        .toIterable()
        .containsExactly("status", "fields", "body");
    assertThat(record.path("id").asText()).matches("20261126T100000514Z-[0-9a-f]{16}");
    assertThat(record.path("time").asText()).isEqualTo("2026-11-26T10:00:00.514Z");
    assertThat(record.path("millis").asText()).isEqualTo("7");
    assertThat(record.path("times").toString())
        .isEqualTo("{\"gate\":1.0,\"connection\":1.0,\"upstream\":3.0,\"response\":2.0}");
  }

  /** A value that each of the patterns finds, and whose characters need no escapes anywhere. */
  private static String secret(PrivacyPattern pattern) {
    return switch (pattern) {
      case ELEMENT_NAME -> "hunter2secret";
      case REGEX -> "AB123456";
      case EMAIL -> "someone.here@example.org";
      case CREDIT_CARD -> "4111111111111111";
      case IBAN -> "GB82WEST12345698765432";
    };
  }

  @ParameterizedTest
  @EnumSource(PrivacyPattern.class)
  void whatIsPrivateIsNowhereInTheRecord(PrivacyPattern pattern) throws IOException {
    String secret = secret(pattern);
    boolean isName = pattern == PrivacyPattern.ELEMENT_NAME;
    String pin = isName ? null : "/" + secret;
    List<CapturedMessage> messages =
        List.of(
            message(
                "a=1&pin=" + secret,
                "{\"x\":{\"pin\":\"" + secret + "\"}}",
                "Content-Type: application/json",
                "Pin: " + secret,
                "Referer: http://x/y?pin=" + secret),
            message(
                "pin=" + secret,
                "<a><pin>" + secret + "</pin><b pin='" + secret + "'/></a>",
                "Content-Type: text/xml",
                "X-Correlation-Id: id"),
            message(null, "a=1&pin=" + secret, "Content-Type: application/x-www-form-urlencoded"));
    for (PrivacyOperation operation :
        List.of(PrivacyOperation.MASK, PrivacyOperation.DELETE, PrivacyOperation.HASH)) {
      for (CapturedMessage request : messages) {
        for (CapturedMessage response : messages) {
          CapturedExchange exchange =
              TracedExchange.of(PROXY, pin == null ? "/a" : pin, request, response);
          TraceRecord record =
              write(
                  exchange,
                  definition(
                      pattern,
                      isName ? "pin" : pattern == PrivacyPattern.REGEX ? "[A-Z]{2}[0-9]{6}" : null,
                      operation));
          assertThat(record.document()).doesNotContain(secret);
          assertThat(record.line().path() + record.line().target()).doesNotContain(secret);
          assertThat(JSON.readTree(record.document()).path("fromClient").path("body").has("text"))
              .isTrue();
        }
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "Authorization, Bearer hunter2",
    "proxy-authorization, Basic hunter2",
    "Cookie, a=hunter2",
    "Set-Cookie, a=hunter2; Path=/",
    "intermission-bypass, imb_hunter2"
  })
  void fieldsWithSecretsAreAlwaysMasked(String name, String value) throws IOException {
    CapturedMessage message = message(null, null, name + ": " + value);
    JsonNode record = document(TracedExchange.of(PROXY, "/a", message, message));
    assertThat(record.toString()).doesNotContain("hunter2");
    for (String side : List.of("fromClient", "toTarget", "fromTarget", "toClient")) {
      JsonNode field = record.path(side).path("fields").path(0);
      assertThat(field.path("name").asText()).isEqualTo(name);
      assertThat(field.path("value").asText()).isEqualTo("***");
    }
  }

  @Test
  void whatIsOnlyDetectedStaysAndIsTold() throws IOException {
    CapturedMessage message = message("pin=1", null);
    JsonNode record =
        document(
            TracedExchange.of(PROXY, "/a", message, message),
            definition(PrivacyPattern.ELEMENT_NAME, "pin", PrivacyOperation.DETECT));
    assertThat(record.path("fromClient").path("target").asText()).isEqualTo("/a?pin=1");
    assertThat(record.path("detected").toString()).isEqualTo("[\"pin\"]");
  }

  private static JsonNode body(CapturedBody body, String... fields) throws IOException {
    CapturedMessage head = message(null, null, fields);
    CapturedMessage message = new CapturedMessage(null, head.fields(), body);
    return document(TracedExchange.of(PROXY, "/a", message, message))
        .path("fromClient")
        .path("body");
  }

  @Test
  void bodyOfWhichNothingHasComeIsOneIfItWasTold() throws IOException {
    CapturedBody nothing = new CapturedBody(new byte[0], false, 0);
    assertThat(body(nothing, "Host: g").isNull()).isTrue();
    assertThat(body(nothing, "Content-Length: 0").isNull()).isTrue();
    assertThat(body(nothing, "Content-Length: 5").toString())
        .isEqualTo("{\"text\":\"\",\"length\":0,\"complete\":false}");
    assertThat(body(nothing, "Transfer-Encoding: chunked").path("length").asInt()).isZero();
    CapturedBody ended = new CapturedBody(new byte[0], true, 0);
    assertThat(body(ended, "Transfer-Encoding: chunked").isNull()).isTrue();
  }

  @Test
  void bodyForWhichThereWasNoMemoryIsANote() throws IOException {
    JsonNode body = body(new CapturedBody(new byte[0], false, 70), "Content-Length: 70");
    assertThat(body.path("text").asText()).startsWith("[left out: ");
    assertThat(body.path("length").asInt()).isEqualTo(70);
    assertThat(body.path("complete").asBoolean()).isFalse();
  }

  @Test
  void longPathIsCutInTheLineOnly() throws IOException {
    String path = "/" + "x".repeat(10_000);
    TraceRecord record = write(TracedExchange.of(path));
    assertThat(record.line().path()).hasSizeLessThan(path.length());
    assertThat(JSON.readTree(record.document()).path("path").asText()).isEqualTo(path);
  }

  @Test
  void fieldsKeepTheirOrderAndTheirSpelling() throws IOException {
    CapturedMessage message = message(null, null, "b: 2", "A: 1", "B: 3");
    JsonNode fields =
        document(TracedExchange.of(PROXY, "/a", message, message)).path("toTarget").path("fields");
    assertThat(fields)
        .extracting(field -> field.path("name").asText() + field.path("value").asText())
        .containsExactly("b2", "A1", "B3");
  }
}
