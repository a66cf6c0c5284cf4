package dev.intermission.gateway.contract;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.intermission.gate.Wire;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The errors of the management API (contract section 1). */
final class Envelope {

  private static final JsonMapper JSON = new JsonMapper();

  private Envelope() {}

  /** Returns the body of an error without a list of fields. */
  static String of(String error, String text) {
    return """
    {"status":"FAILURE","resultMessage":"%2$s","error":"%1$s","error_description":"%2$s"}"""
        .formatted(error, text.replace("\"", "\\\""));
  }

  /**
   * Asserts the whole answer.
   *
   * @param lines the header lines that not every error has
   */
  static void assertRefused(
      Wire.Reply reply, int status, String error, String text, String... lines) {
    assertAnswer(reply, status, of(error, text), lines);
  }

  /** Asserts the status, every header line, and the body. */
  static void assertAnswer(Wire.Reply reply, int status, String body, String... lines) {
    assertThat(Operator.text(reply)).isEqualTo(body);
    assertThat(reply.status()).isEqualTo(status);
    List<String> expected = new ArrayList<>(List.of(lines));
    expected.add("Content-Type: application/json;charset=UTF-8");
    expected.add("Cache-Control: no-store");
    expected.add("Content-Length: " + body.getBytes(UTF_8).length);
    assertThat(reply.fields())
        .filteredOn(
            line ->
                !line.matches(
                    "(Date: .*|(X-Correlation-Id|APINIZER-CORRELATION-ID): [!-~]{1,128})"))
        .containsExactlyInAnyOrderElementsOf(expected);
    assertThat(reply.field("X-Correlation-Id"))
        .isNotNull()
        .isEqualTo(reply.field("APINIZER-CORRELATION-ID"));
    assertThat(reply.field("Date")).isNotNull();
  }

  /** Asserts that this is an error of the client in the envelope, and returns its text. */
  static String clientError(Wire.Reply reply) throws IOException {
    assertThat(reply.status()).as(reply.statusLine()).isBetween(400, 499);
    assertThat(reply.field("Content-Type")).isEqualTo("application/json;charset=UTF-8");
    JsonNode body = JSON.readTree(reply.body());
    assertThat(body.path("status").textValue()).isEqualTo("FAILURE");
    assertThat(body.path("error").textValue()).matches("[a-z_]+");
    assertThat(body.path("error_description")).isEqualTo(body.path("resultMessage"));
    return body.path("resultMessage").asText();
  }
}
