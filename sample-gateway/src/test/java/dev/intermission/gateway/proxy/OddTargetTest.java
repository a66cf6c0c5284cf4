package dev.intermission.gateway.proxy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.intermission.gateway.Http2Peer;
import dev.intermission.gateway.LoggedErrors;
import dev.intermission.gateway.Peer;
import dev.intermission.gateway.Peer.Head;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Targets that look like something else, and what a client claims of its own connection. */
class OddTargetTest extends ProxyFixture {

  @Override
  boolean http2() {
    return true;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "//;[/closed/v1/x",
        "//a:b:c/x",
        "//[/x",
        "//[::1/x",
        "//a:99999/x",
        "//@/x",
        "//%zz:1/x",
        "///",
        "//",
        "//?",
        "/api/..//a:b:c/x"
      })
  void targetThatBeginsWithTwoSlashesIsNeverAnErrorOfTheServer(String target) throws IOException {
    try (Peer client = client().sendHead("GET " + target + " HTTP/1.1", "Host: gateway")) {
      assertThat(client.readHead().status()).isIn(400, 404);
    }
    try (Http2Peer client = Http2Peer.connect(trafficPort())) {
      int stream =
          client.request(
              true, ":method", "GET", ":scheme", "http", ":authority", "a", ":path", target);
      Http2Peer.Outcome outcome = client.outcome(stream);
      assertThat(outcome.status() == 404 || outcome.isRefused()).as("%s", outcome).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"a:65536", "a:99999", "[::1]:4294967297", "a:-1", "a:x", "a:8080:1"})
  void hostWithAPortThatIsNoneIsRefused(String host) throws IOException {
    for (String request :
        List.of(
            "GET /api HTTP/1.1\r\nHost: " + host,
            "GET /api HTTP/1.0\r\nHost: " + host,
            "GET http://" + host + "/api HTTP/1.1\r\nHost: a",
            "GET http://a/api HTTP/1.1\r\nHost: " + host,
            "GET http://" + host + "/api HTTP/1.1\r\nHost: " + host)) {
      try (Peer client = client().sendHead(request)) {
        assertThat(client.readHead().status()).as(request).isEqualTo(400);
      }
    }
    for (String field : List.of(":authority", "host")) {
      try (Http2Peer client = Http2Peer.connect(trafficPort())) {
        int stream =
            client.request(true, ":method", "GET", ":scheme", "http", ":path", "/api", field, host);
        Http2Peer.Outcome outcome = client.outcome(stream);
        assertThat(outcome.isRefused()).as("%s %s", field, outcome).isTrue();
      }
    }
  }

  @Test
  void leadingSlashesDoNotHideAPath() throws IOException {
    try (Peer client = client().sendHead("GET ///api/a//b HTTP/1.1", "Host: gateway");
        Peer upstream = upstreamConnection()) {
      assertThat(upstream.readHead().first()).isEqualTo("GET /a//b HTTP/1.1");
      upstream.sendHead("HTTP/1.1 200 OK", "Content-Length: 0");
      assertThat(client.readHead().status()).isEqualTo(200);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"https", "ftp", "wss", "http"})
  void schemeThatAClientClaimsIsNotTold(String scheme) throws IOException {
    String target = scheme + "://shop.example/api/a";
    try (Peer client = client().sendHead("GET " + target + " HTTP/1.1", "Host: shop.example");
        Peer upstream = upstreamConnection()) {
      assertThatConnectionIsTold(upstream);
      assertThat(client.readHead().status()).isEqualTo(200);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"https", "wss", "http"})
  void schemeOfAnHttp2RequestIsNotTold(String scheme) throws Exception {
    try (Http2Peer client = Http2Peer.connect(trafficPort())) {
      int stream =
          client.request(
              true,
              ":method",
              "GET",
              ":scheme",
              scheme,
              ":authority",
              "shop.example",
              ":path",
              "/api/a");
      CompletableFuture<Http2Peer.Outcome> outcome =
          CompletableFuture.supplyAsync(
              () -> {
                try {
                  return client.outcome(stream);
                } catch (IOException e) {
                  throw new IllegalStateException(e);
                }
              });
      try (Peer upstream = upstreamConnection()) {
        assertThatConnectionIsTold(upstream);
      }
      assertThat(outcome.get().status()).isEqualTo(200);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/api/\u00e4", "/api/\u00c3", "/api?\u00ff", "/api/\u00c0\u00af"})
  void targetThatIsNotUtf8IsRefusedInEachVersion(String target) throws IOException {
    try (Peer client = client().sendHead("GET " + target + " HTTP/1.1", "Host: a")) {
      assertThat(client.readHead().status()).isEqualTo(400);
    }
    try (Http2Peer client = Http2Peer.connect(trafficPort())) {
      int stream =
          client.request(
              true, ":method", "GET", ":scheme", "http", ":authority", "a", ":path", target);
      assertThat(client.outcome(stream).status()).isEqualTo(400);
    }
  }

  @Test
  void targetInUtf8ArrivesEscapedInEachVersion() throws IOException {
    String target = "/api/\u00c3\u00a4?\u00c3\u00a4";
    try (Peer client = client().sendHead("GET " + target + " HTTP/1.1", "Host: a");
        Peer upstream = upstreamConnection()) {
      assertThat(upstream.readHead().first()).isEqualTo("GET /%C3%A4?%C3%A4 HTTP/1.1");
      upstream.sendHead("HTTP/1.1 204 None", "Connection: close");
      assertThat(client.readHead().status()).isEqualTo(204);
    }
    try (Http2Peer client = Http2Peer.connect(trafficPort())) {
      client.request(true, ":method", "GET", ":scheme", "http", ":authority", "a", ":path", target);
      try (Peer upstream = upstreamConnection()) {
        assertThat(upstream.readHead().first()).isEqualTo("GET /%C3%A4?%C3%A4 HTTP/1.1");
      }
    }
  }

  @Test
  void schemeThatHttp2DoesNotKnowIsRefused() throws IOException {
    try (Http2Peer client = Http2Peer.connect(trafficPort())) {
      int stream =
          client.request(
              true, ":method", "GET", ":scheme", "ftp", ":authority", "a", ":path", "/api/a");
      assertThat(client.outcome(stream).isRefused()).isTrue();
    }
  }

  private static void assertThatConnectionIsTold(Peer upstream) throws IOException {
    Head head = upstream.readHead();
    assertThat(head.first()).isEqualTo("GET /a HTTP/1.1");
    assertThat(head.value("X-Forwarded-Proto")).isEqualTo("http");
    assertThat(head.value("X-Forwarded-Host")).isEqualTo("shop.example");
    assertThat(head.value("X-Forwarded-Port")).isNotIn("443", "-1", "21");
    assertThat(head.value("Forwarded"))
        .contains("proto=http")
        .doesNotContain("https", "ftp", "wss");
    upstream.sendHead("HTTP/1.1 200 OK", "Content-Length: 0");
  }

  @Test
  void hostIsTheAuthorityOfAnHttp2RequestWithoutOne() throws IOException {
    try (Http2Peer client = Http2Peer.connect(trafficPort())) {
      client.request(
          true, ":method", "GET", ":scheme", "http", ":path", "/api/a", "host", "shop.example");
      try (Peer upstream = upstreamConnection()) {
        assertThatConnectionIsTold(upstream);
      }
    }
  }

  @Test
  void cancelledStreamsAreAFewLinesInTheLogAndNoError() throws Exception {
    PrintStream before = System.err;
    ByteArrayOutputStream written = new ByteArrayOutputStream();
    try (LoggedErrors errors = new LoggedErrors();
        PrintStream err = new PrintStream(written, true, UTF_8);
        Http2Peer client = Http2Peer.connect(trafficPort())) {
      System.setErr(err);
      for (int i = 0; i < 180; i++) {
        client.cancel(
            client.request(
                true,
                ":method",
                "GET",
                ":scheme",
                "http",
                ":authority",
                "a",
                ":path",
                "/api/" + i));
      }
      int last =
          client.request(
              true, ":method", "GET", ":scheme", "http", ":authority", "a", ":path", "/none");
      assertThat(client.outcome(last).status()).isEqualTo(404);
      assertThat(errors.all()).isEmpty();
    } finally {
      System.setErr(before);
    }
    assertThat(written.toString(UTF_8).lines().count()).isLessThan(10);
  }

  @Test
  void upgradeToHttp2WithABodyIsIgnoredAndTheBodyArrives() throws IOException {
    try (Peer client =
            client()
                .sendHead(
                    "POST /api/a HTTP/1.1",
                    "Host: gateway",
                    "Connection: Upgrade, HTTP2-Settings",
                    "Upgrade: h2c",
                    "HTTP2-Settings: AAMAAABkAAQAAP__",
                    "Transfer-Encoding: chunked")
                .send("3\r\naaa\r\n0\r\n\r\n");
        Peer upstream = upstreamConnection()) {
      Head head = upstream.readHead();
      assertThat(head.first()).isEqualTo("POST /a HTTP/1.1");
      assertThat(head.value("Transfer-Encoding")).isEqualTo("chunked");
      assertThat(upstream.readChunk()).isEqualTo("aaa");
      upstream.sendHead("HTTP/1.1 200 OK", "Content-Length: 0");
      assertThat(client.readHead().status()).isEqualTo(200);
    }
  }
}
