package dev.intermission.gateway.contract;

import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.intermission.gate.Wire;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What nobody should send: each a clear 4xx, nothing saved, and the gateway goes on. */
class BadInputTest extends DemoTest {

  private static final String VALID = "{\"enabled\":true,\"httpStatusCode\":503}";

  private String settings = "";
  private long revision;

  BadInputTest(@TempDir Path data) throws Exception {
    super(data);
  }

  private String settings() throws IOException {
    Wire.Reply reply = operator.get(Operator.MODE);
    return reply.field("ETag") + Operator.text(reply);
  }

  private long revision() throws IOException {
    return operator.result(Operator.PRODUCTION + "deploy-status/").path("revision").asLong();
  }

  @BeforeEach
  void note() throws IOException {
    settings = settings();
    revision = revision();
  }

  @AfterEach
  void assertNothingSavedAndAlive() throws IOException {
    assertThat(settings()).isEqualTo(settings);
    assertThat(revision()).isEqualTo(revision);
    assertOpen("/api/v1");
  }

  static Stream<Arguments> bodies() {
    return Stream.of(
        arguments("", "The body is empty"),
        arguments("[]", "The body is an array"),
        arguments("[".repeat(100_000) + "]".repeat(100_000), "The body is an array"),
        arguments("{\"message\":" + "[".repeat(100_000), "The body is not JSON"),
        arguments("{\"enabled\":true} true", "The body goes on after its JSON object"),
        arguments("{\"enable\":true}", "enable: is not a field"),
        arguments("{\"enabled\":true,\"enabled\":true}", "enabled: is there more than once"),
        arguments("{\"enabled\":\"true\"}", "enabled: is the string"),
        arguments("{\"httpStatusCode\":\"503\"}", "httpStatusCode: is the string"),
        arguments("{\"httpStatusCode\":503.0}", "httpStatusCode: is the number 503.0"),
        arguments("{\"httpStatusCode\":5e2}", "httpStatusCode: is the number 5e2"),
        arguments("{\"contentType\":{}}", "contentType: is an object"),
        arguments("{\"message\":[]}", "message: is an array"),
        arguments("{\"enabled\":true,\"deploy\":1}", "deploy: is the number"),
        arguments("{\"message\":\"" + "x".repeat(1_000_000) + "\"}", "message: has 1000000 bytes"),
        arguments("{\"message\":\"\\ud800\"}", "message: has the lone surrogate U+D800"),
        arguments(
            "{\"contentType\":\"text/plain; charset=us-ascii\",\"message\":\"\u00fc\"}",
            "message: has the character U+00FC"),
        arguments(
            "{\"enabled\":true,\"deploy\":true}", "deployTargetEnvironmentNameList: is missing"),
        arguments(
            "{\"enabled\":true,\"deploy\":true,\"deployTargetEnvironmentNameList\":[]}",
            "deployTargetEnvironmentNameList: is empty"),
        arguments(
            "{\"enabled\":true,\"deploy\":true,\"deployTargetEnvironmentNameList\":[\"production\",\"moon\"]}",
            "ApiProxy with name (MyAPI) can not be deployed to Environment(moon)"));
  }

  @ParameterizedTest
  @MethodSource("bodies")
  void bodyThatIsNoValidPatchIsRefused(String body, String text) throws Exception {
    Wire.Reply reply = operator.patch(body);
    assertThat(Envelope.clientError(reply)).startsWith(text);
    assertThat(reply.status()).isEqualTo(400);
  }

  @ParameterizedTest
  @ValueSource(strings = {"99", "100", "204", "205", "304", "600", "1099511627776"})
  void statusThatCanNotBeAnsweredIsRefused(String status) throws Exception {
    assertThat(Envelope.clientError(operator.patch("{\"httpStatusCode\":" + status + "}")))
        .startsWith("httpStatusCode: is " + status + "; allowed are 200 to 599");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "text/plain\\r\\nSet-Cookie: a=b",
        "text/plain\\u0000",
        "text/pl\\u00e4in",
        "text",
        "text/plain; charset=nothing"
      })
  void contentTypeThatIsNoMediaTypeIsRefused(String type) throws Exception {
    assertThat(Envelope.clientError(operator.patch("{\"contentType\":\"" + type + "\"}")))
        .startsWith("contentType: ");
  }

  @Test
  void contentTypeOf300CharactersIsRefused() throws Exception {
    assertThat(
            Envelope.clientError(
                operator.patch("{\"contentType\":\"text/" + "x".repeat(295) + "\"}")))
        .startsWith("contentType: has 300 characters, allowed are 255");
  }

  @Test
  void bodyInAnotherEncodingIsRefused() throws Exception {
    Operator json = operator.with("Content-Type: application/json");
    ByteArrayOutputStream coded = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(coded)) {
      gzip.write(VALID.getBytes(UTF_8));
    }
    assertThat(
            Envelope.clientError(
                json.with("Content-Encoding: gzip")
                    .send("PATCH", Operator.MODE, coded.toByteArray())))
        .startsWith("The Content-Encoding is 'gzip'");
    assertThat(Envelope.clientError(json.send("PATCH", Operator.MODE, coded.toByteArray())))
        .startsWith("The body is not UTF-8");
    assertThat(Envelope.clientError(json.send("PATCH", Operator.MODE, VALID.getBytes(UTF_16))))
        .startsWith("The body is in UTF-16");
    assertThat(
            Envelope.clientError(
                json.send("PATCH", Operator.MODE, ("\ufeff" + VALID).getBytes(UTF_8))))
        .startsWith("The body starts with a byte order mark");
  }

  static Stream<String> names() {
    return Stream.of(
        "MyAPI%2F",
        "%2FMyAPI",
        "MyAPI%2fsettings",
        "x%2F..%2FMyAPI",
        "MyAPI%00",
        "%00",
        "%2e%2e",
        "%2E%2E%2FMyAPI",
        "..",
        ".",
        "MyAPI;x=1",
        "MyAPI%3B",
        "MyAPI%20",
        "MyAPI%0d%0aX:%20y",
        "%C0%AE%C0%AE",
        "%zz",
        "%",
        "MyAPI\\",
        "MyAPI*",
        "My%2541PI",
        "%F0%9F%98%80",
        "x".repeat(10_000),
        "%78".repeat(2_000));
  }

  @ParameterizedTest
  @MethodSource("names")
  void nameThatDoesNotExistIsRefusedWhereverItStands(String name) throws Exception {
    for (String target :
        List.of(
            Operator.PROXIES + name + "/settings/maintenance-mode/",
            "/apiops/projects/" + name + "/apiProxies/MyAPI/settings/maintenance-mode/")) {
      Envelope.clientError(
          operator
              .with("Content-Type: application/json")
              .send("PATCH", target, VALID.getBytes(UTF_8)));
      Envelope.clientError(operator.get(target));
    }
    for (String target :
        List.of(
            Operator.PROXIES + name + "/environments/production/",
            Operator.MY_API + "environments/" + name + "/")) {
      Envelope.clientError(operator.send("POST", target));
      Envelope.clientError(operator.send("DELETE", target));
    }
  }

  @Test
  void nameOf10000CharactersDoesNotFitIn() throws Exception {
    Wire.Reply reply = operator.get(Operator.PROXIES + "x".repeat(10_000) + "/");
    assertThat(Operator.text(reply)).isEqualTo(Envelope.of("uri_too_long", "URI Too Long"));
    assertThat(reply.status()).isEqualTo(414);
  }

  @Test
  void headOverTheLimitDoesNotFitIn() throws Exception {
    Wire.Reply reply = operator.with("X: " + "y".repeat(10_000)).get(Operator.MODE);
    assertThat(Operator.text(reply))
        .isEqualTo(
            Envelope.of("request_header_fields_too_large", "Request Header Fields Too Large"));
    assertThat(reply.status()).isEqualTo(431);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET / HTTP/1.1\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
        "PATCH / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n",
        "PATCH / HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n",
        "PATCH / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: a\r\n folded: b\r\n\r\n",
        "GET / HTTP/1.1\r\nHost : a\r\n\r\n",
        "GET  / HTTP/1.1\r\nHost: a\r\n\r\n",
        "G\u0001T / HTTP/1.1\r\nHost: a\r\n\r\n",
        "\u0016\u0003\u0001\u0002\r\n\r\n",
        "hello\r\n\r\n"
      })
  void textThatIsNoRequestIsRefused(String text) throws Exception {
    assertThat(Envelope.clientError(Wire.exchange(gateway.adminPort(), text))).isNotEmpty();
  }
}
