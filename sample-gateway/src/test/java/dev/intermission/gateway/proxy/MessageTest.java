package dev.intermission.gateway.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.intermission.gateway.Peer;
import dev.intermission.gateway.Peer.Head;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What of a message the other side gets. */
class MessageTest extends ProxyFixture {

  private static final String PSEUDONYM = "intermission-[0-9a-f]{8}";
  private static final String UUID_PATTERN = "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}";

  /** Sends a request through the gateway and returns the head that the upstream got. */
  private Head headAtUpstream(String... lines) throws IOException {
    try (Peer client = client().sendHead(lines);
        Peer upstream = upstreamConnection()) {
      Head head = upstream.readHead();
      // The connection ends here, and the next request must not be sent over it.
      upstream.sendHead("HTTP/1.1 200 OK", "Content-Length: 0", "Connection: close");
      assertThat(client.readHead().status()).isEqualTo(200);
      return head;
    }
  }

  /** Sends a response through the gateway and returns the head that the client got. */
  private Head headAtClient(String... lines) throws IOException {
    try (Peer client = client().sendHead("GET /api HTTP/1.1", "Host: gateway");
        Peer upstream = upstreamConnection()) {
      upstream.readHead();
      upstream.sendHead(lines);
      return client.readHead();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ' ',
      value = {
        "GET /api/a?x=1&y=%20+|\"{}^`\\ /a?x=1&y=%20+|\"{}^`\\",
        "GET /api? /?",
        "GET /api?a?b /?a?b",
        "GET /api/a%2Fb%20c;p=%c3%A4/ /a%2Fb%20c;p=%c3%A4/",
        "GET /api/a|b[c]{d}^`\"<>\\e?f|g /a|b[c]{d}^`\"<>\\e?f|g",
        "GET /api/a?%zz%&;/../# /a?%zz%&;/../",
        "GET /api/a/../b/./c//d /b/c/d",
        "GET /api//a//b /a//b",
        "GET http://gateway/api/a?b /a?b",
        "DELETE /api/a /a",
        "OPTIONS /api/a /a",
        "PROPFIND /api/a /a",
        "pRoPfInD /api/a /a",
        "GET /api/Ã¤?Ã¤ /%C3%A4?%C3%A4",
        "GET /api/a?q=100% /a?q=100%",
      })
  void targetAndMethodArriveAsTheyWereSent(String method, String target, String seen)
      throws IOException {
    assertThat(headAtUpstream(method + " " + target + " HTTP/1.1", "Host: gateway").first())
        .isEqualTo(method + " " + seen + " HTTP/1.1");
  }

  @Test
  void endToEndFieldsOfARequestArriveInTheirOrder() throws IOException {
    Head head =
        headAtUpstream(
            "GET /api HTTP/1.1",
            "Host: gateway",
            "Authorization: Bearer x",
            "Cookie: a=1; b=\"2\"",
            "Accept: */*",
            "Accept-Encoding: br",
            "X-Twice: one",
            "X-Twice: two,three",
            "X-Latin: \u00e4",
            "x-lower: y");
    assertThat(head.value("Authorization")).isEqualTo("Bearer x");
    assertThat(head.value("Cookie")).isEqualTo("a=1; b=\"2\"");
    assertThat(head.value("Accept")).isEqualTo("*/*");
    assertThat(head.value("Accept-Encoding")).isEqualTo("br");
    assertThat(head.values("X-Twice")).containsExactly("one", "two,three");
    assertThat(head.value("X-Latin")).isEqualTo("\u00e4");
    assertThat(head.fields()).contains("x-lower: y");
  }

  @Test
  void nothingIsAddedToARequestButWhatAGatewayMust() throws IOException {
    Head head = headAtUpstream("GET /api HTTP/1.1", "Host: gateway");
    assertThat(head.fields())
        .extracting(field -> field.substring(0, field.indexOf(':')))
        .containsExactlyInAnyOrder(
            "Host",
            "Via",
            "Forwarded",
            "X-Forwarded-For",
            "X-Forwarded-Proto",
            "X-Forwarded-Host",
            "X-Forwarded-Port",
            "X-Correlation-Id",
            "APINIZER-CORRELATION-ID");
    assertThat(head.value("Host")).isEqualTo("127.0.0.1:" + upstreamPort());
    assertThat(head.value("Via")).matches("1\\.1 " + PSEUDONYM);
    assertThat(head.value("X-Correlation-Id")).matches(UUID_PATTERN);
    assertThat(head.value("APINIZER-CORRELATION-ID")).isEqualTo(head.value("X-Correlation-Id"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "X-Correlation-Id: my-7",
        "APINIZER-CORRELATION-ID: my-7",
        "apinizer-correlation-id: other\r\nx-correlation-id: my-7",
        "X-Correlation-Id: not one\r\nAPINIZER-CORRELATION-ID: my-7",
        "X-Correlation-Id: my-7\r\nX-Correlation-Id: other\r\nAPINIZER-CORRELATION-ID: other"
      })
  void upstreamGetsOneCorrelationIdByBothNames(String sent) throws IOException {
    Head head = headAtUpstream("GET /api HTTP/1.1", "Host: gateway", sent);
    assertThat(head.values("X-Correlation-Id")).containsExactly("my-7");
    assertThat(head.values("APINIZER-CORRELATION-ID")).containsExactly("my-7");
  }

  @Test
  void hopByHopFieldsOfARequestStay() throws IOException {
    Head head =
        headAtUpstream(
            "GET /api HTTP/1.1",
            "Host: gateway",
            "Connection: keep-alive",
            "Connection: X-Mine, keep-alive, Upgrade",
            "Connection: half-a\"quote",
            "Connection: x-other",
            "Keep-Alive: timeout=5",
            "Proxy-Authorization: Basic x",
            "Proxy-Connection: keep-alive",
            "TE: trailers",
            "Trailer: X-T",
            "Upgrade: other",
            "X-Mine: 1",
            "X-Other: 2",
            "X-Else: 3");
    assertThat(head.fields())
        .extracting(field -> field.substring(0, field.indexOf(':')).toLowerCase(Locale.ROOT))
        .contains("x-else")
        .doesNotContain(
            "connection",
            "keep-alive",
            "proxy-authorization",
            "proxy-connection",
            "te",
            "trailer",
            "upgrade",
            "x-mine",
            "x-other");
  }

  @Test
  void clientIsToldToTheUpstream() throws IOException {
    Head head =
        headAtUpstream(
            "GET /api HTTP/1.1",
            "Host: shop.example:8443",
            "Via: 1.0 first",
            "X-Correlation-Id: my-7",
            "X-Forwarded-For: 192.0.2.1",
            "X-Forwarded-For: 192.0.2.2, 192.0.2.3",
            "X-Forwarded-Proto: https",
            "X-Forwarded-Host: evil.example",
            "X-Forwarded-Port: 1",
            "X-Forwarded-Prefix: /evil",
            "X_Forwarded_For: 192.0.2.4",
            "X-Forwarded_Proto: https",
            "Forwarded: for=192.0.2.5");
    assertThat(head.value("X-Forwarded-For")).isEqualTo("127.0.0.1");
    assertThat(head.value("X-Forwarded-Proto")).isEqualTo("http");
    assertThat(head.value("X-Forwarded-Host")).isEqualTo("shop.example:8443");
    assertThat(head.value("X-Forwarded-Port")).isEqualTo(String.valueOf(trafficPort()));
    assertThat(head.value("Via")).matches("1\\.0 first, 1\\.1 " + PSEUDONYM);
    assertThat(head.fields())
        .extracting(field -> field.substring(0, field.indexOf(':')).toLowerCase(Locale.ROOT))
        .doesNotContain("x_forwarded_for", "x-forwarded_proto", "x-forwarded-prefix");
    assertThat(head.value("Forwarded"))
        .isEqualTo("for=\"127.0.0.1\";host=\"shop.example:8443\";proto=http");
    assertThat(head.value("X-Correlation-Id")).isEqualTo("my-7");
  }

  @Test
  void longHeadsArriveWhole() throws IOException {
    String cookie = "c=" + "x".repeat(15_000);
    assertThat(
            headAtUpstream("GET /api HTTP/1.1", "Host: gateway", "Cookie: " + cookie)
                .value("Cookie"))
        .isEqualTo(cookie);
    assertThat(
            headAtClient("HTTP/1.1 200 OK", "Content-Length: 0", "Set-Cookie: " + cookie)
                .value("Set-Cookie"))
        .isEqualTo(cookie);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "application/json; charset=utf-8",
        "application/json;charset=UTF-8",
        "text/html;  Charset=\"ISO-8859-1\"",
        "text/event-stream"
      })
  void contentTypeOfAResponseArrivesByteForByte(String contentType) throws IOException {
    Head head =
        headAtClient("HTTP/1.1 200 OK", "Content-Type: " + contentType, "Content-Length: 0");
    assertThat(head.value("Content-Type")).isEqualTo(contentType);
  }

  @Test
  void endToEndFieldsOfAResponseArriveAndHopByHopFieldsStay() throws IOException {
    Head head =
        headAtClient(
            "HTTP/1.1 201 Made",
            "Date: Thu, 01 Jan 1970 00:00:00 GMT",
            "Server: mine",
            "Set-Cookie: a=1",
            "Set-Cookie: b=2",
            "Location: /api/new",
            "ETag: \"x\"",
            "Content-Encoding: gzip",
            "Connection: X-Mine",
            "Keep-Alive: timeout=5",
            "Proxy-Authenticate: Basic",
            "X-Mine: 1",
            "Content-Length: 0");
    assertThat(head.status()).isEqualTo(201);
    assertThat(head.fields())
        .containsExactlyInAnyOrder(
            "Date: Thu, 01 Jan 1970 00:00:00 GMT",
            "Server: mine",
            "Set-Cookie: a=1",
            "Set-Cookie: b=2",
            "Location: /api/new",
            "ETag: \"x\"",
            "Content-Encoding: gzip",
            "Content-Length: 0");
  }

  @ParameterizedTest
  @ValueSource(ints = {200, 204, 206, 301, 302, 304, 307, 401, 407, 417, 418, 429, 500, 503, 599})
  void statusArrivesAndNothingIsFollowedOrAnswered(int status) throws IOException {
    Head head =
        headAtClient(
            "HTTP/1.1 " + status + " X",
            "Location: http://127.0.0.1:1/elsewhere",
            "WWW-Authenticate: Basic realm=\"x\"");
    assertThat(head.status()).isEqualTo(status);
    assertThat(head.value("Location")).isEqualTo("http://127.0.0.1:1/elsewhere");
  }

  @Test
  void reasonPhraseArrives() throws IOException {
    assertThat(headAtClient("HTTP/1.1 200 All fine", "Content-Length: 0").first())
        .isEqualTo("HTTP/1.1 200 All fine");
    assertThat(headAtClient("HTTP/1.1 599 Mine", "Content-Length: 0").first())
        .isEqualTo("HTTP/1.1 599 Mine");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip"
      })
  void responseThatCanNotGoOnIsABadGateway(String head) throws IOException {
    assertThat(headAtClient(head).status()).isEqualTo(502);
  }

  @Test
  void splitCookiesAreOneLineForTheUpstream() throws IOException {
    assertThat(
            headAtUpstream(
                    "GET /api HTTP/1.1", "Host: g", "Cookie: a=1", "X: y", "Cookie: b=2; c=3")
                .value("Cookie"))
        .isEqualTo("a=1; b=2; c=3");
  }

  @Test
  void forwardsAreCountedDownForOptionsOnly() throws IOException {
    assertThat(
            headAtUpstream("OPTIONS /api HTTP/1.1", "Host: g", "Max-Forwards: 5")
                .value("Max-Forwards"))
        .isEqualTo("4");
    assertThat(
            headAtUpstream("GET /api HTTP/1.1", "Host: g", "Max-Forwards: 5").value("Max-Forwards"))
        .isEqualTo("5");
    assertThat(
            headAtUpstream("OPTIONS /api HTTP/1.1", "Host: g", "Max-Forwards: x")
                .value("Max-Forwards"))
        .isEqualTo("x");
  }

  @Test
  void typeIsNotAddedToABody() throws IOException {
    assertThat(
            headAtUpstream("POST /api HTTP/1.1", "Host: g", "Content-Length: 0")
                .values("Content-Type"))
        .isEmpty();
    try (Peer client =
            client().sendHead("POST /api HTTP/1.1", "Host: g", "Content-Length: 1").send("x");
        Peer upstream = upstreamConnection()) {
      assertThat(upstream.readHead().values("Content-Type")).isEmpty();
      upstream.sendHead("HTTP/1.1 204 None");
      assertThat(client.readHead().status()).isEqualTo(204);
    }
  }

  @Test
  void clientOfHttp10GetsNo100() throws IOException {
    try (Peer client =
            client()
                .sendHead("POST /api HTTP/1.0", "Expect: 100-continue", "Content-Length: 3")
                .send("abc");
        Peer upstream = upstreamConnection()) {
      assertThat(upstream.readHead().values("Expect")).isEmpty();
      assertThat(upstream.read(3)).isEqualTo("abc");
      upstream.sendHead("HTTP/1.1 200 OK", "Content-Length: 0");
      assertThat(client.readHead().status()).isEqualTo(200);
    }
  }

  @Test
  void headAndItsLengthArriveWithoutABody() throws IOException {
    try (Peer client = client();
        Peer upstream = connected(client, "HEAD")) {
      upstream.sendHead("HTTP/1.1 200 OK", "Content-Length: 1234");
      assertThat(client.readHead().value("Content-Length")).isEqualTo("1234");
      client.sendHead("GET /api HTTP/1.1", "Host: gateway");
      assertThat(upstream.readHead().first()).isEqualTo("GET / HTTP/1.1");
      upstream.sendHead("HTTP/1.1 204 None");
      assertThat(client.readHead().status()).isEqualTo(204);
    }
  }

  private Peer connected(Peer client, String method) throws IOException {
    client.sendHead(method + " /api HTTP/1.1", "Host: gateway");
    Peer upstream = upstreamConnection();
    upstream.readHead();
    return upstream;
  }

  @Test
  void cookiesOfOneClientNeverReachAnother() throws IOException {
    try (Peer first = client();
        Peer second = client();
        Peer upstream = connected(first, "GET")) {
      upstream.sendHead("HTTP/1.1 200 OK", "Set-Cookie: session=1; Path=/", "Content-Length: 0");
      assertThat(first.readHead().value("Set-Cookie")).isEqualTo("session=1; Path=/");
      second.sendHead("GET /api HTTP/1.1", "Host: gateway");
      assertThat(upstream.readHead().values("Cookie")).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/apis", "/API", "/ap", "/%2Fapi"})
  void whatBelongsToNoProxyIsNotFound(String target) throws IOException {
    try (Peer client =
        client().sendHead("OPTIONS " + target + " HTTP/1.1", "Host: g", "X-Correlation-Id: c-1")) {
      Head head = client.readHead();
      assertThat(head.status()).isEqualTo(404);
      assertThat(head.value("Content-Type"))
          .isEqualToIgnoringCase("application/json;charset=utf-8");
      assertThat(head.value("X-Correlation-Id")).isEqualTo("c-1");
      assertThat(head.value("APINIZER-CORRELATION-ID")).isEqualTo("c-1");
      assertThat(head.values("Server")).isEqualTo(List.of());
      assertThat(client.readBody(head))
          .isEqualTo(
              """
              {"fault":{"correlationId":"c-1","faultCode":"NO_ROUTE",\
              "faultString":"No API is deployed at this host and path",\
              "faultStatusCode":"404","responseFromApi":""}}""");
    }
  }
}
