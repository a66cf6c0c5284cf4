package dev.intermission.admin.maintenance;

import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.intermission.admin.Http;
import dev.intermission.admin.UnchangedServerTest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Bodies that are no valid patch: a clear 400, and nothing saved. */
class BadBodyTest extends UnchangedServerTest {

  private static final String NOT_JSON = "The body is not JSON as it is allowed here, at line ";
  private static final String STATUS_RULE =
      "; allowed are 200 to 599 without 204, 205 and 304, which cannot carry a body";
  private static final String INTEGER_RULE =
      "; allowed is an integer, without quotes, point and exponent";

  private Http.Answer patch(byte[] body) throws IOException {
    return send(
        Http.request("PATCH", MODE)
            .token(server.token("operator"))
            .with("Content-Type", "application/json")
            .body(body));
  }

  private static byte[] bytes(int... start) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (int b : start) {
      out.write(b);
    }
    out.writeBytes("{\"enabled\":true}".getBytes(UTF_8));
    return out.toByteArray();
  }

  static Stream<Arguments> textsThatAreNoObject() {
    return Stream.of(
        arguments("", "The body is empty; allowed is a JSON object, at least {}"),
        arguments(" \r\n\t", "The body is empty; allowed is a JSON object, at least {}"),
        arguments("[]", "The body is an array; allowed is a JSON object"),
        arguments("[".repeat(100_000), "The body is an array; allowed is a JSON object"),
        arguments("null", "The body is null; allowed is a JSON object"),
        arguments("true", "The body is true; allowed is a JSON object"),
        arguments("5e2", "The body is the number 5e2; allowed is a JSON object"),
        arguments("\"{}\"", "The body is the string \"{}\"; allowed is a JSON object"),
        arguments("{}{}", "The body goes on after its JSON object (line 1, column 3)"),
        arguments("{\"enabled\":true}\n]", NOT_JSON + "2, column "),
        arguments("{\"enabled\":true} x", NOT_JSON + "1, column "),
        arguments("{\"enabled\":true,}", NOT_JSON + "1, column "),
        arguments("{\"enabled\":true", NOT_JSON + "1, column "),
        arguments("{'enabled':true}", NOT_JSON + "1, column "),
        arguments("{enabled:true}", NOT_JSON + "1, column "),
        arguments("{\"enabled\":true /* c */}", NOT_JSON + "1, column "),
        arguments("{\n\"enabled\":tru}", NOT_JSON + "2, column "),
        arguments("{\"httpStatusCode\":0503}", NOT_JSON + "1, column "),
        arguments("{\"httpStatusCode\":+503}", NOT_JSON + "1, column "),
        arguments("{\"httpStatusCode\":NaN}", NOT_JSON + "1, column "),
        arguments("{\"httpStatusCode\":1" + "0".repeat(2_000) + "}", NOT_JSON + "1, column "),
        arguments("{\"message\":\"a\nb\"}", NOT_JSON + "1, column "),
        arguments("{\"message\":\"\\x\"}", NOT_JSON + "1, column "),
        arguments("{\"message\":\"\\ud8\"}", NOT_JSON + "1, column "),
        arguments("{\"message\":" + "[".repeat(100_000), NOT_JSON + "1, column "),
        arguments("{\"x\":".repeat(100_000), NOT_JSON + "1, column "),
        arguments("{\"" + "k".repeat(60_000) + "\":1}", NOT_JSON + "1, column "));
  }

  @ParameterizedTest
  @MethodSource("textsThatAreNoObject")
  void aTextThatIsNotOneObjectIsRefused(String text, String message) throws Exception {
    Http.Answer answer = patch(text);
    assertThat(answer.status()).as(answer.body()).isEqualTo(400);
    assertThat(answer.body())
        .startsWith("{\"status\":\"FAILURE\",\"resultMessage\":\"" + message.replace("\"", "\\\""))
        .hasSizeLessThan(1_000)
        .doesNotContain("Stream", "Source", "com.fasterxml", "JsonParser.Feature");
  }

  static Stream<Arguments> faultyFields() {
    return Stream.of(
        arguments(
            "{\"enable\":true}",
            "enable: is not a field of this request; allowed are enabled, httpStatusCode, contentType, message, startsAt, endsAt, reopenAtEnd, retryAfterSeconds, retrySpreadSeconds, headers, variants, corsAllowedOrigins, corsAllowCredentials, closedMethods, openPaths, openToAddresses, admitPercent, admitBy, deploy, deployTargetEnvironmentNameList, description (line 1, column 11)"),
        arguments(
            "{\"enabled\":true,\n \"enabled\":true}",
            "enabled: is there more than once (line 2, column 12)"),
        arguments(
            "{\"enabled\":\"true\"}",
            "enabled: is the string \"true\"; allowed is a boolean, true or false (line 1, column 12)"),
        arguments(
            "{\"enabled\":1}",
            "enabled: is the number 1; allowed is a boolean, true or false (line 1, column 12)"),
        arguments(
            "{\"enabled\":{\"a\":[]}}",
            "enabled: is an object; allowed is a boolean, true or false (line 1, column 12)"),
        arguments(
            "{\"httpStatusCode\":\"503\"}",
            "httpStatusCode: is the string \"503\"" + INTEGER_RULE + " (line 1, column 19)"),
        arguments(
            "{\"httpStatusCode\":503.0}",
            "httpStatusCode: is the number 503.0" + INTEGER_RULE + " (line 1, column 19)"),
        arguments(
            "{\"httpStatusCode\":5e2}",
            "httpStatusCode: is the number 5e2" + INTEGER_RULE + " (line 1, column 19)"),
        arguments(
            "{\"httpStatusCode\":true}",
            "httpStatusCode: is true" + INTEGER_RULE + " (line 1, column 19)"),
        arguments(
            "{\"httpStatusCode\":1099511627776}",
            "httpStatusCode: is 1099511627776" + STATUS_RULE + " (line 1, column 19)"),
        arguments(
            "{\"httpStatusCode\":4294967799}",
            "httpStatusCode: is 4294967799" + STATUS_RULE + " (line 1, column 19)"),
        arguments(
            "{\"contentType\":503}",
            "contentType: is the number 503; allowed is a string (line 1, column 16)"),
        arguments(
            "{\"message\":{}}", "message: is an object; allowed is a string (line 1, column 12)"),
        arguments(
            "{\"message\":\"a\\ud800b\"}", "message: has the lone surrogate U+D800 at index 1"),
        arguments(
            "{\"message\":\"\\udc00\\ud83d\"}",
            "message: has the lone surrogate U+DC00 at index 0"),
        arguments(
            "{\"contentType\":\"text/plain; charset=us-ascii\",\"message\":\"f\u00fcr\"}",
            "message: has the character U+00FC at index 1, which the charset US-ASCII lacks"),
        arguments(
            "{\"message\":\"" + "x".repeat(1_000_000) + "\"}",
            "message: has 1000000 bytes in UTF-8, allowed are 65536"),
        arguments(
            "{\"message\":\"" + "\u00e9".repeat(32_769) + "\"}",
            "message: has 65538 bytes in UTF-8, allowed are 65536"),
        arguments(
            "{\"enabled\":true,\"deploy\":true}",
            "deployTargetEnvironmentNameList: is missing; allowed with deploy=true are the names of one or more environments"),
        arguments(
            "{\"enabled\":true,\"deploy\":true,\"deployTargetEnvironmentNameList\":null}",
            "deployTargetEnvironmentNameList: is missing; allowed with deploy=true are the names of one or more environments (line 1, column 65)"),
        arguments(
            "{\"enabled\":true,\"deploy\":true,\"deployTargetEnvironmentNameList\":[]}",
            "deployTargetEnvironmentNameList: is empty; allowed with deploy=true are the names of one or more environments (line 1, column 65)"),
        arguments(
            "{\"deploy\":true,\"deployTargetEnvironmentNameList\":\"production\"}",
            "deployTargetEnvironmentNameList: is the string \"production\"; allowed is an array of strings (line 1, column 50)"),
        arguments(
            "{\"deployTargetEnvironmentNameList\":[\"production\",null]}",
            "deployTargetEnvironmentNameList: has an element that is null; allowed are strings (line 1, column 50)"),
        arguments(
            "{\"deployTargetEnvironmentNameList\":[[[\"production\"]]]}",
            "deployTargetEnvironmentNameList: has an element that is an array; allowed are strings (line 1, column 37)"),
        arguments(
            "{\"enabled\":true,\"deploy\":\"true\"}",
            "deploy: is the string \"true\"; allowed is a boolean, true or false (line 1, column 26)"));
  }

  @ParameterizedTest
  @MethodSource("faultyFields")
  void aFaultyFieldIsNamedWithItsPlace(String json, String fault) throws Exception {
    assertThat(faults(patch(json))).containsExactly(fault);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "99",
        "100",
        "101",
        "199",
        "204",
        "205",
        "304",
        "600",
        "999",
        "0",
        "-1",
        "-0",
        "-503",
        "2147483647",
        "2147483648",
        "-2147483648",
        "18446744073709552119"
      })
  void aStatusThatCanNotBeAnsweredIsRefused(String status) throws Exception {
    String shown = status.equals("-0") ? "0" : status;
    assertThat(faults(patch("{\"httpStatusCode\":" + status + "}")))
        .containsExactly("httpStatusCode: is " + shown + STATUS_RULE + " (line 1, column 19)");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "text",
        "text/",
        "/plain",
        "text/plain/x",
        "text/plain, text/html",
        "text /plain",
        " text/plain",
        "text/plain ",
        "text/plain; charset",
        "text/plain; charset=nope",
        "text/plain; charset=\\\"utf-8",
        "text/plain; charset=utf-8; charset=utf-8",
        "text/plain\\r\\nX: y",
        "text/plain\\n",
        "text/plain\\u0000",
        "text/pl\\u00e4in",
        "text/plain; a=\\u2028",
        "text/plain;\\ta=b"
      })
  void aContentTypeThatIsNoMediaTypeIsRefused(String contentType) throws Exception {
    Http.Answer answer = patch("{\"contentType\":\"" + contentType + "\"}");
    assertThat(faults(answer))
        .singleElement()
        .asString()
        .startsWith("contentType: ")
        .endsWith(" (line 1, column 16)");
    assertThat(answer.body()).matches("[ -~]*");
  }

  @Test
  void aLongContentTypeIsRefused() throws Exception {
    assertThat(faults(patch("{\"contentType\":\"text/" + "x".repeat(295) + "\"}")))
        .containsExactly("contentType: has 300 characters, allowed are 255 (line 1, column 16)");
  }

  @Test
  void everyFaultIsInOneAnswer() throws Exception {
    assertThat(
            faults(
                patch(
                    """
                    {"enabled": 1, "httpStatusCode": 204, "contentType": "text", "message": "\\ud800",
                     "deploy": true, "color": "red", "httpStatusCode": 503}""")))
        .extracting(fault -> fault.substring(0, fault.indexOf(':')))
        .containsExactly(
            "httpStatusCode",
            "enabled",
            "httpStatusCode",
            "contentType",
            "deployTargetEnvironmentNameList",
            "color",
            "message");
  }

  @Test
  void ofVeryManyFaultsTheFirstAreToldAndTheOthersCounted() throws Exception {
    StringBuilder json = new StringBuilder("{\"x\":1");
    for (int i = 0; i < 50_000; i++) {
      json.append(",\"x").append(i).append("\":1");
    }
    Http.Answer answer = patch(json.append('}').toString());
    assertThat(faults(answer)).hasSize(26).last().isEqualTo(": and 49976 more");
  }

  @Test
  void foreignTextIsCutShortAndShownWithoutControls() throws Exception {
    Http.Answer answer =
        patch(
            "{\"\\u0000\\n\\u202e%s\":1,\"httpStatusCode\":\"\\ud800%s\"}"
                .formatted("k".repeat(1_000), "v".repeat(100_000)));
    assertThat(answer.body())
        .hasSizeLessThan(3_000)
        .contains("\\\\u0000\\\\u000a\\\\u202ek", "\\\\ud800v");
    assertThat(faults(answer)).hasSize(2);
  }

  @Test
  void onlyUtf8WithoutAByteOrderMarkIsRead() throws Exception {
    assertRefused(
        patch(bytes(0xef, 0xbb, 0xbf)),
        400,
        "bad_request",
        "The body starts with a byte order mark; send UTF-8 without one (RFC 8259 section 8.1)");
    String utf16 = "The body is in UTF-16 or UTF-32; allowed is UTF-8";
    assertRefused(patch("{}".getBytes(UTF_16BE)), 400, "bad_request", utf16);
    assertRefused(patch("{}".getBytes(UTF_16LE)), 400, "bad_request", utf16);
    assertRefused(patch("\ufeff{}".getBytes(UTF_16BE)), 400, "bad_request", utf16);
    assertRefused(patch("\ufeff{}".getBytes(UTF_16LE)), 400, "bad_request", utf16);
    assertRefused(
        patch(new byte[] {'{', '"', (byte) 0xe9, '"', ':', '1', '}'}),
        400,
        "bad_request",
        "The body is not UTF-8: see the byte 0xE9 at index 2");
    assertRefused(
        patch(new byte[] {'{', '"', (byte) 0xed, (byte) 0xa0, (byte) 0x80, '"', ':', '1', '}'}),
        400,
        "bad_request",
        "The body is not UTF-8: see the byte 0xED at index 2");
    assertRefused(
        patch(new byte[] {'{', '"', (byte) 0xc3}),
        400,
        "bad_request",
        "The body is not UTF-8: see the byte 0xC3 at index 2");
  }

  @Test
  void aCodedBodyIsRefused() throws Exception {
    ByteArrayOutputStream coded = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(coded)) {
      gzip.write("{\"enabled\":true}".getBytes(UTF_8));
    }
    assertRefused(
        send(
            Http.request("PATCH", MODE)
                .token(server.token("operator"))
                .with("Content-Type", "application/json")
                .with("Content-Encoding", "gzip")
                .body(coded.toByteArray())),
        400,
        "bad_request",
        "The Content-Encoding is 'gzip'; send the body as it is, without a coding");
    assertRefused(
        patch(coded.toByteArray()),
        400,
        "bad_request",
        "The body is not UTF-8: see the byte 0x8B at index 1");
  }

  @Test
  void aBodyThatIsNotCompleteIsRefused() throws Exception {
    Http.Answer answer =
        send(
            Http.request("PATCH", MODE)
                .token(server.token("operator"))
                .with("Content-Type", "application/json")
                .with("Transfer-Encoding", "chunked")
                .with("X", "\r\n\r\nzz\r\n{}"));
    assertThat(answer.status()).isEqualTo(400);
  }
}
