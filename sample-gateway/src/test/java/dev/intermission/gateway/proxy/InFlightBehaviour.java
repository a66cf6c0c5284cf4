package dev.intermission.gateway.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.intermission.gateway.Http2Peer;
import dev.intermission.gateway.Peer;
import dev.intermission.gateway.Peer.Head;
import dev.intermission.gateway.config.UpstreamConfig;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What is in flight to an API is counted from its first byte to its last one, once. */
abstract class InFlightBehaviour extends ProxyFixture {

  private static final String EARLY_END = "Connection: close";

  @Override
  boolean http2() {
    return true;
  }

  @Override
  Duration clientIdle() {
    return LONG.multipliedBy(4);
  }

  @Override
  UpstreamConfig upstream() {
    // Nothing here ends because of silence: that takes longer than is waited for.
    Duration longer = LONG.multipliedBy(4);
    return new UpstreamConfig(LONG, longer, longer, 10, false);
  }

  private void awaitInFlight(int passed, int letIn) {
    await()
        .atMost(LONG)
        .untilAsserted(
            () -> {
              assertThat(counts().inFlight()).isEqualTo(passed);
              assertThat(counts().letIn()).isEqualTo(letIn);
            });
  }

  @Test
  void requestCountsUntilItsResponseIsThere() throws IOException {
    try (Peer client = client().sendHead("GET /api HTTP/1.1", "Host: g");
        Peer upstream = upstreamConnection()) {
      upstream.readHead();
      serve(false);
      awaitInFlight(1, 0);
      upstream.sendHead("HTTP/1.1 103 Early Hints", "Link: </a>");
      assertThat(client.readHead().status()).isEqualTo(103);
      awaitInFlight(1, 0);
      upstream.sendHead("HTTP/1.1 200 OK", "Content-Length: 4").send("la");
      Head head = client.readHead();
      awaitInFlight(1, 0);
      upstream.send("te");
      assertThat(client.readBody(head)).isEqualTo("late");
      awaitInFlight(0, 0);
    }
  }

  @Test
  void uploadCountsAlsoWhileTheClientSends() throws IOException {
    try (Peer client =
            client().sendHead("POST /api HTTP/1.1", "Host: g", "Content-Length: 6").send("abc");
        Peer upstream = upstreamConnection()) {
      upstream.readHead();
      assertThat(upstream.read(3)).isEqualTo("abc");
      serve(false);
      awaitInFlight(1, 0);
      client.send("def");
      assertThat(upstream.read(3)).isEqualTo("def");
      awaitInFlight(1, 0);
      upstream.sendHead("HTTP/1.1 204 No Content");
      assertThat(client.readHead().status()).isEqualTo(204);
      awaitInFlight(0, 0);
    }
  }

  @Test
  void streamOfEventsCountsUntilItEnds() throws IOException {
    try (Peer client = client().sendHead("GET /api HTTP/1.1", "Host: g");
        Peer upstream = upstreamConnection()) {
      upstream.readHead();
      upstream
          .sendHead(
              "HTTP/1.1 200 OK", "Content-Type: text/event-stream", "Transfer-Encoding: chunked")
          .send("5\r\ndata:\r\n");
      client.readHead();
      assertThat(client.readChunk()).isEqualTo("data:");
      serve(false);
      awaitInFlight(1, 0);
      upstream.send("0\r\n\r\n");
      client.readTrailers();
      awaitInFlight(0, 0);
    }
  }

  private Peer webSocketOf(Peer client) throws IOException {
    client.sendHead("GET /api HTTP/1.1", "Host: g", "Connection: Upgrade", "Upgrade: websocket");
    Peer upstream = upstreamConnection();
    upstream.readHead();
    upstream.sendHead("HTTP/1.1 101 OK", "Connection: Upgrade", "Upgrade: websocket");
    assertThat(client.readHead().status()).isEqualTo(101);
    return upstream;
  }

  @Test
  void webSocketCountsUntilItIsClosed() throws IOException {
    try (Peer client = client();
        Peer upstream = webSocketOf(client)) {
      serve(false);
      client.send("hello");
      assertThat(upstream.read(5)).isEqualTo("hello");
      awaitInFlight(1, 0);
      upstream.endOutput();
      assertThat(client.isClosedByOther()).isTrue();
      client.endOutput();
      awaitInFlight(0, 0);
    }
  }

  @Test
  void webSocketIsOverSoonAfterItsUpstreamAlthoughTheClientStays() throws IOException {
    try (Peer client = client();
        Peer upstream = webSocketOf(client)) {
      serve(false);
      upstream.reset();
      assertThat(client.isClosedByOther()).isTrue();
      awaitInFlight(0, 0);
    }
  }

  @Test
  void webSocketThatTheUpstreamRefusesIsOverWithItsResponse() throws IOException {
    try (Peer client =
            client()
                .sendHead(
                    "GET /api HTTP/1.1", "Host: g", "Connection: Upgrade", "Upgrade: websocket");
        Peer upstream = upstreamConnection()) {
      upstream.readHead();
      serve(false);
      awaitInFlight(1, 0);
      upstream.sendHead("HTTP/1.1 403 Forbidden", "Content-Length: 0", EARLY_END);
      assertThat(client.readHead().status()).isEqualTo(403);
      awaitInFlight(0, 0);
    }
  }

  @Test
  void requestThatItsClientGivesUpIsNoLongerCounted() throws IOException {
    try (Peer client = client().sendHead("GET /api HTTP/1.1", "Host: g");
        Peer upstream = upstreamConnection()) {
      upstream.readHead();
      serve(false);
      awaitInFlight(1, 0);
      client.reset();
      // Over HTTP/1.1 that shows when there is something to send.
      upstream.sendHead("HTTP/1.1 200 OK", "Content-Length: 999999999999");
      assertThatThrownBy(
              () -> {
                while (true) {
                  upstream.send(new byte[1 << 15]);
                }
              })
          .isInstanceOf(IOException.class);
      awaitInFlight(0, 0);
    }
  }

  @Test
  void streamOfHttp2ThatItsClientGivesUpIsNoLongerCounted() throws IOException {
    Peer upstream;
    try (Http2Peer client = Http2Peer.connect(trafficPort())) {
      client.request(true, ":method", "GET", ":scheme", "http", ":path", "/api", ":authority", "g");
      upstream = upstreamConnection();
      upstream.readHead();
      serve(false);
      awaitInFlight(1, 0);
    }
    try (upstream) {
      assertThat(upstream.isClosedByOther()).isTrue();
      awaitInFlight(0, 0);
    }
  }

  @Test
  void requestWhoseUpstreamFailsIsNoLongerCounted() throws IOException {
    try (Peer client = client().sendHead("POST /api HTTP/1.1", "Host: g", "Content-Length: 0");
        Peer upstream = upstreamConnection()) {
      upstream.readHead();
      serve(false);
      awaitInFlight(1, 0);
      upstream.reset();
      assertThat(client.readHead().status()).isEqualTo(502);
      awaitInFlight(0, 0);
    }
  }

  @Test
  void responseThatBreaksOffIsNoLongerCounted() throws IOException {
    try (Peer client = client().sendHead("GET /api HTTP/1.1", "Host: g");
        Peer upstream = upstreamConnection()) {
      upstream.readHead();
      upstream.sendHead("HTTP/1.1 200 OK", "Content-Length: 4").send("la");
      client.readHead();
      serve(false);
      awaitInFlight(1, 0);
      upstream.endOutput();
      assertThat(client.read(4)).isEqualTo("la");
      awaitInFlight(0, 0);
    }
  }

  @Test
  void requestIsCountedWhileItIsTriedAgain() throws IOException {
    try (Peer client = client()) {
      client.sendHead("GET /api HTTP/1.1", "Host: g");
      try (Peer first = upstreamConnection()) {
        first.readHead();
        first.sendHead("HTTP/1.1 204 No Content");
        assertThat(client.readHead().status()).isEqualTo(204);
        client.sendHead("GET /api HTTP/1.1", "Host: g");
        first.readHead();
      }
      try (Peer second = upstreamConnection()) {
        second.readHead();
        serve(false);
        awaitInFlight(1, 0);
        second.sendHead("HTTP/1.1 204 No Content");
        assertThat(client.readHead().status()).isEqualTo(204);
        awaitInFlight(0, 0);
      }
    }
  }

  @Test
  void whatIsLetInIsCountedApart() throws IOException {
    try (Peer before = client().sendHead("GET /api HTTP/1.1", "Host: g");
        Peer upstreamBefore = upstreamConnection()) {
      upstreamBefore.readHead();
      closeButFor("imb_testers");
      try (Peer client =
              client()
                  .sendHead("GET /api HTTP/1.1", "Host: g", "Intermission-Bypass: imb_testers");
          Peer upstream = upstreamConnection()) {
        upstream.readHead();
        awaitInFlight(1, 1);
        upstreamBefore.sendHead("HTTP/1.1 204 No Content");
        assertThat(before.readHead().status()).isEqualTo(204);
        awaitInFlight(0, 1);
        upstream.sendHead("HTTP/1.1 204 No Content");
        assertThat(client.readHead().status()).isEqualTo(204);
        awaitInFlight(0, 0);
      }
      assertThat(counts().bypassed()).isEqualTo(1);
    }
  }

  @Test
  void whatIsAnsweredIsNotInFlight() throws IOException {
    serve(false);
    try (Peer client = client()) {
      for (int i = 0; i < 3; i++) {
        client.sendHead("GET /api HTTP/1.1", "Host: g");
        Head head = client.readHead();
        assertThat(head.status()).isEqualTo(503);
        client.readBody(head);
      }
    }
    assertThat(counts().answers()).isEqualTo(3);
    awaitInFlight(0, 0);
  }

  @Test
  void clientThatDoesNotReadIsStillInFlight() throws IOException {
    try (Peer client = client().sendHead("GET /api HTTP/1.1", "Host: g");
        Peer upstream = upstreamConnection()) {
      upstream.readHead();
      upstream.sendHead("HTTP/1.1 200 OK", "Content-Length: 999999999999");
      assertThat(client.readHead().status()).isEqualTo(200);
      serve(false);
      upstream.send(new byte[1 << 16]);
      awaitInFlight(1, 0);
    }
    awaitInFlight(0, 0);
  }
}
