package dev.intermission.gateway.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.intermission.gateway.Peer;
import dev.intermission.gateway.Peer.Head;
import java.io.IOException;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** An upstream may answer before it has the whole request, and close. */
class EarlyResponseTest extends ProxyFixture {

  private static final int LARGE = 16 << 20;

  /** Sends a large body in pieces, until the gateway takes no more. */
  private static void upload(Peer client, int size) {
    byte[] piece = new byte[64 << 10];
    try {
      for (int sent = 0; sent < size; sent += piece.length) {
        client.send(piece);
      }
    } catch (IOException e) {
      // The gateway has answered and may close; what it said is read below.
      assertThat(e).isNotNull();
    }
  }

  @RepeatedTest(10)
  void refusalOfALargeBodyArrivesThoughTheUpstreamClosesAtOnce() throws IOException {
    try (Peer client =
        client().sendHead("POST /api HTTP/1.1", "Host: g", "Content-Length: " + LARGE)) {
      try (Peer upstream = upstreamConnection()) {
        upstream.readHead();
        upstream.sendHead("HTTP/1.1 413 No", "Content-Length: 4", "Connection: close").send("full");
      }
      upload(client, LARGE);
      Head head = client.readHead();
      assertThat(head.status()).isEqualTo(413);
      assertThat(client.readBody(head)).isEqualTo("full");
    }
  }

  @RepeatedTest(5)
  void refusalArrivesThoughTheUpstreamResetsInTheMiddleOfTheBody() throws Exception {
    try (Peer client =
        client().sendHead("POST /api HTTP/1.1", "Host: g", "Content-Length: " + LARGE)) {
      Peer upstream = upstreamConnection();
      upstream.readHead();
      try (Pump up = Pump.send(client, 1, LARGE)) {
        Pump.receive(upstream, 1 << 20);
        upstream.sendHead("HTTP/1.1 413 No", "Content-Length: 4").send("full");
        // With unread bytes in it, this is a reset.
        upstream.close();
        Head head = client.readHead();
        assertThat(head.status()).isEqualTo(413);
        assertThat(client.readBody(head)).isEqualTo("full");
        up.sum();
      }
    }
  }

  @Test
  void expectationOfARefusedBodyIsFollowedByTheRefusal() throws IOException {
    try (Peer client =
        client()
            .sendHead(
                "POST /api HTTP/1.1",
                "Host: g",
                "Expect: 100-continue",
                "Content-Length: " + LARGE)) {
      try (Peer upstream = upstreamConnection()) {
        upstream.readHead();
        upstream.sendHead("HTTP/1.1 413 No", "Content-Length: 0");
      }
      Head head = client.readHead();
      if (head.status() == 100) {
        head = client.readHead();
      }
      assertThat(head.status()).isEqualTo(413);
    }
  }

  @Test
  void responseGoesOnWhileTheBodyDoes() throws IOException {
    try (Peer client =
            client()
                .sendHead("POST /api HTTP/1.1", "Host: g", "Transfer-Encoding: chunked")
                .send("1\r\na\r\n");
        Peer upstream = upstreamConnection()) {
      upstream.readHead();
      assertThat(upstream.readChunk()).isEqualTo("a");
      upstream.sendHead("HTTP/1.1 200 OK", "Transfer-Encoding: chunked").send("1\r\nA\r\n");
      assertThat(client.readHead().status()).isEqualTo(200);
      assertThat(client.readChunk()).isEqualTo("A");
      client.send("1\r\nb\r\n");
      assertThat(upstream.readChunk()).isEqualTo("b");
      upstream.send("1\r\nB\r\n");
      assertThat(client.readChunk()).isEqualTo("B");
      client.send("0\r\n\r\n");
      assertThat(upstream.readChunk()).isEmpty();
      upstream.send("0\r\n\r\n");
      assertThat(client.readChunk()).isEmpty();
    }
  }

  @Test
  void connectionsAreKeptWhereTheBodyEndsBehindItsResponse() throws IOException {
    try (Peer client =
            client().sendHead("POST /api HTTP/1.1", "Host: g", "Content-Length: 2").send("a");
        Peer upstream = upstreamConnection()) {
      upstream.readHead();
      assertThat(upstream.read(1)).isEqualTo("a");
      upstream.sendHead("HTTP/1.1 200 OK", "Content-Length: 1").send("x");
      Head head = client.readHead();
      assertThat(client.readBody(head)).isEqualTo("x");
      client.send("b").sendHead("GET /api/2 HTTP/1.1", "Host: g");
      assertThat(upstream.read(1)).isEqualTo("b");
      assertThat(upstream.readHead().first()).isEqualTo("GET /2 HTTP/1.1");
      upstream.sendHead("HTTP/1.1 204 None");
      assertThat(client.readHead().status()).isEqualTo(204);
    }
  }
}
