package dev.intermission.gateway.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.intermission.gateway.LoggedErrors;
import dev.intermission.gateway.Peer;
import dev.intermission.gateway.Peer.Head;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What is no request is refused by the parser, before any handler sees it, in the form of the
 * listener's other errors; nobody can know what follows, so the connection ends.
 */
class MalformedRequestTest extends ListenerFixture {

  private static final String UUID_PATTERN = "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "400 | `GET / HTTP/1.1\\r\\n\\r\\n`",
        "400 | `GET / HTTP/1.1\\r\\nHost: a\\r\\nHost: b\\r\\n\\r\\n`",
        "400 | `GET / HTTP/1.1\\r\\nHost: a b\\r\\n\\r\\n`",
        "400 | `GET / HTTP/1.1\\r\\nHost: g:99999\\r\\n\\r\\n`",
        "400 | `GET / HTTP/1.1\\r\\nHost: g:-1\\r\\n\\r\\n`",
        "400 | `GET / HTTP/1.1\\r\\nHost: g:x\\r\\n\\r\\n`",
        "400 | `GET / HTTP/1.1\\r\\nHost: [::1\\r\\n\\r\\n`",
        "400 | `GET / HTTP/1.1\\r\\nHost: [::g]\\r\\n\\r\\n`",
        "400 | `GET http://g:99999/ HTTP/1.1\\r\\nHost: g\\r\\n\\r\\n`",
        "400 | `GET http:///x HTTP/1.1\\r\\nHost: g\\r\\n\\r\\n`",
        "400 | `GET http://u:p@g/x HTTP/1.1\\r\\nHost: g\\r\\n\\r\\n`",
        "400 | `GET g HTTP/1.1\\r\\nHost: g\\r\\n\\r\\n`",
        "400 | `GET /a\\0 HTTP/1.1\\r\\nHost: g\\r\\n\\r\\n`",
        "400 | `G<T / HTTP/1.1\\r\\nHost: g\\r\\n\\r\\n`",
        "400 | ` GET / HTTP/1.1\\r\\nHost: g\\r\\n\\r\\n`",
        "400 | `GET / HTTP/1.1 \\r\\nHost: g\\r\\n\\r\\n`",
        "400 | `GET / HTTP/1.1\\r\\nHost: g\\r\\nX : y\\r\\n\\r\\n`",
        "400 | `GET / HTTP/1.1\\r\\nHost: g\\r\\nX\\r\\n\\r\\n`",
        "400 | `GET / HTTP/1.1\\r\\nHost: g\\r\\n: y\\r\\n\\r\\n`",
        "400 | `GET / HTTP/1.1\\r\\nHost: g\\r\\nX: a\\0b\\r\\n\\r\\n`",
        "400 | `GET / HTTP/1.1\\r\\nHost: g\\r\\nX: a\\rb\\r\\n\\r\\n`",
        "400 | `GET / HTTP/1.1\\r\\nHost: g\\r\\nX: a\\r\\n b\\r\\n\\r\\n`",
        "400 | `GET / HTTP/1.1\\r\\nHost: g\\r\\nContent-Length: x\\r\\n\\r\\n`",
        "400 | `GET / HTTP/1.1\\r\\nHost: g\\r\\nContent-Length: -1\\r\\n\\r\\n`",
        "400 | `GET / HTTP/1.1\\r\\nHost: g\\r\\nContent-Length: 99999999999999999999\\r\\n\\r\\n`",
        "400 | `GET / HTTP/1.1\\r\\nHost: g\\r\\nContent-Length: 1\\r\\nContent-Length: 2\\r\\n\\r\\n`",
        "400 | `GET / HTTP/1.1\\r\\nHost: g\\r\\nContent-Length: 1\\r\\nTransfer-Encoding: chunked\\r\\n\\r\\n`",
        "400 | `POST / HTTP/1.1\\r\\nHost: g\\r\\nTransfer-Encoding: gzip\\r\\n\\r\\n`",
        "400 | `POST / HTTP/1.1\\r\\nHost: g\\r\\nTransfer-Encoding: chunked, chunked\\r\\n\\r\\n`",
        "400 | `POST / HTTP/1.0\\r\\nHost: g\\r\\nTransfer-Encoding: chunked\\r\\n\\r\\n0\\r\\n\\r\\n`",
        "400 | `CONNECT / HTTP/1.1\\r\\nHost: g:443\\r\\n\\r\\n`",
        "400 | `\\1\\2\\3\\r\\n\\r\\n`",
        "400 | `\\26\\3\\1\\2\\0\\1\\0\\1\\374\\3\\3`",
        "417 | `POST / HTTP/1.1\\r\\nHost: g\\r\\nExpect: 200-ok\\r\\n\\r\\n`",
        "501 | `CONNECT g:443 HTTP/1.1\\r\\nHost: g:443\\r\\n\\r\\n`",
        "505 | `GET / HTTP/1.2\\r\\nHost: g\\r\\n\\r\\n`",
        "505 | `GET / HTTP/2.0\\r\\nHost: g\\r\\n\\r\\n`",
        "505 | `GET / HTTP/3.0\\r\\nHost: g\\r\\n\\r\\n`",
        "505 | `GET / HTTP/0.9\\r\\n\\r\\n`",
        "505 | `GET /\\r\\n\\r\\n`",
        "505 | `GET / FOO/1.1\\r\\nHost: g\\r\\n\\r\\n`",
        "505 | `PRI * HTTP/2.0\\r\\n\\r\\nSM\\r\\n\\r\\n`",
        "414 | `GET /$ HTTP/1.1\\r\\nHost: g\\r\\n\\r\\n`",
        "431 | `GET / HTTP/1.1\\r\\nHost: g\\r\\nX: $\\r\\n\\r\\n`",
        "431 | `GET / HTTP/1.1\\r\\nHost: g\\r\\n$: x\\r\\n\\r\\n`",
        "431 | `$ / HTTP/1.1\\r\\nHost: g\\r\\n\\r\\n`",
      })
  void whatIsNoRequestIsRefusedInTheFormOfTheListener(int status, String written) throws Exception {
    String request = written.translateEscapes().replace("$", "x".repeat(3_000));
    Listener traffic = traffic(config(100, LONG, LONG), handler(r -> "taken for a request"));
    Listener admin = admin(config(100, LONG, LONG), handler(r -> "taken for a request"));
    try (LoggedErrors errors = new LoggedErrors()) {
      assertThat(refusal(traffic, request, status))
          .contains("\"fault\":{\"correlationId\":", "\"faultStatusCode\":\"" + status + "\"");
      assertThat(refusal(admin, request, status))
          .startsWith("{\"status\":\"FAILURE\",\"resultMessage\":")
          .contains("\"error\":", "\"error_description\":");
      assertThat(errors.all()).isEmpty();
    }
  }

  private static String refusal(Listener listener, String request, int status) throws Exception {
    try (Peer client = connect(listener).send(request)) {
      Head head = client.readHead();
      assertThat(head.status()).isEqualTo(status);
      assertThat(head.value("Content-Type")).isEqualTo("application/json;charset=UTF-8");
      assertThat(head.value("Cache-Control")).isEqualTo("no-store");
      assertThat(head.value("X-Correlation-Id")).matches(UUID_PATTERN);
      assertThat(head.value("APINIZER-CORRELATION-ID")).isEqualTo(head.value("X-Correlation-Id"));
      assertThat(head.value("Connection")).isEqualTo("close");
      String body = client.readBody(head);
      assertThat(body).doesNotContainIgnoringCase("jetty");
      assertThat(client.isClosedByOther()).isTrue();
      return body;
    }
  }
}
