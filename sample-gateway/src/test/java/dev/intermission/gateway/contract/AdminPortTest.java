package dev.intermission.gateway.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.intermission.gate.Wire;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every path of the management port, for every method, and what the listener itself refuses. */
class AdminPortTest extends DemoTest {

  private static final List<String> METHODS =
      List.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "PURGE", "get");

  AdminPortTest(@TempDir Path data) throws Exception {
    super(data);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "/nowhere",
        "/apiops",
        "/apiops/",
        "/apiops/nothing",
        "/apiopsx",
        "/healthz/x",
        "/readyz/",
        "/feed/v1",
        "/feed/v1/changes/x",
        "/%61piops/x",
        "//apiops"
      })
  void unknownPathIsNotFoundWhateverTheMethod(String path) throws Exception {
    String body = Envelope.of("not_found", "There is nothing at this path");
    for (String method : METHODS) {
      Wire.Reply reply = operator.send(method, path);
      assertThat(reply.statusLine()).as(method).isEqualTo("HTTP/1.1 404 Not Found");
      assertThat(reply.field("Allow")).as(method).isNull();
      if (method.equals("HEAD")) {
        assertThat(reply.field("Content-Type")).isEqualTo("application/json;charset=UTF-8");
        assertThat(reply.body()).isEmpty();
      } else {
        Envelope.assertRefused(reply, 404, "not_found", "There is nothing at this path");
        assertThat(Operator.text(reply)).as(method).isEqualTo(body);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "/healthz, 'GET, HEAD'",
    "/readyz, 'GET, HEAD'",
    "/demo/requests, 'GET, HEAD'",
    "/feed/v1/changes, 'DELETE, GET, POST'",
    "/apiops/auth/token, 'OPTIONS, POST'",
    "/apiops/projects/P/apiProxies/, 'GET, HEAD, OPTIONS'"
  })
  void methodThatAPathHasNotIsNotAllowedAndThoseThatItHasAreNamed(String path, String allow)
      throws Exception {
    List<String> others = new ArrayList<>(METHODS);
    others.removeAll(List.of(allow.split(", ", -1)));
    for (String method : others) {
      Wire.Reply reply = operator.send(method, path);
      assertThat(reply.status()).as(method).isEqualTo(405);
      assertThat(reply.field("Allow")).as(method).isEqualTo(allow);
      assertThat(reply.field("Content-Type"))
          .as(method)
          .isEqualTo("application/json;charset=UTF-8");
      if (!method.equals("HEAD")) {
        assertThat(Operator.text(reply)).contains("\"error\":\"method_not_allowed\"");
      }
    }
  }

  @Test
  void whatTheListenerRefusesHasTheEnvelopeAndItsTypeToo() throws Exception {
    List<String> refused =
        List.of(
            "400 GET /apiops/ HTTP/1.1\r\n\r\n",
            "400 GARBAGE\r\n\r\n",
            "400 GET /apiops/ HTTP/1.1\r\nHost: g\r\nContent-Length: x\r\n\r\n",
            "431 GET /apiops/ HTTP/1.1\r\nHost: g\r\nX: " + "x".repeat(10_000) + "\r\n\r\n",
            "501 CONNECT g:80 HTTP/1.1\r\nHost: g:80\r\n\r\n",
            "505 GET /apiops/ HTTP/3.7\r\nHost: g\r\n\r\n");
    for (String each : refused) {
      Wire.Reply reply = Wire.exchange(gateway.adminPort(), each.substring(4));
      assertThat(reply.status()).as(each).isEqualTo(Integer.parseInt(each.substring(0, 3)));
      assertThat(reply.field("Content-Type")).as(each).isEqualTo("application/json;charset=UTF-8");
      assertThat(Objects.requireNonNull(reply.text()))
          .as(each)
          .startsWith("{\"status\":\"FAILURE\",\"resultMessage\":\"");
    }
  }
}
