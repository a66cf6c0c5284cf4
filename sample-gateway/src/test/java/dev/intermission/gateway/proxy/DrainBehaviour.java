package dev.intermission.gateway.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.intermission.gateway.Http2Peer;
import dev.intermission.gateway.Peer;
import dev.intermission.gateway.Peer.Head;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What is in flight to an API ends some time after the API was closed. */
abstract class DrainBehaviour extends ProxyFixture {

  private static final byte[] CLOSE = {(byte) 0x88, 2, 3, (byte) 0xf4};
  private static final int LARGE = 1 << 16;

  @Override
  @Nullable Duration drainTime() {
    return Duration.ofMillis(200);
  }

  @Override
  boolean http2() {
    return true;
  }

  private Peer open(Peer client) throws IOException {
    client.sendHead("GET /api HTTP/1.1", "Host: g", "Connection: Upgrade", "Upgrade: websocket");
    Peer upstream = upstreamConnection();
    upstream.readHead();
    upstream.sendHead("HTTP/1.1 101 OK", "Connection: Upgrade", "Upgrade: websocket");
    assertThat(client.readHead().status()).isEqualTo(101);
    return upstream;
  }

  private static void assertClosedWithMask(Peer upstream) throws IOException {
    ByteBuffer frame = ByteBuffer.wrap(upstream.readBytes(8));
    assertThat(frame.get()).isEqualTo((byte) 0x88);
    assertThat(frame.get()).isEqualTo((byte) 0x82);
    int mask = frame.getInt();
    assertThat(frame.getShort() ^ (short) (mask >>> 16)).isEqualTo(1012);
    assertThat(upstream.isClosedByOther()).isTrue();
  }

  @Test
  void bothEndsOfAWebSocketGetACloseFrame() throws IOException {
    try (Peer client = client();
        Peer upstream = open(client)) {
      upstream.send("\u0081\u0002hi");
      assertThat(client.read(4)).isEqualTo("\u0081\u0002hi");
      serve(false);
      assertThat(client.readBytes(4)).isEqualTo(CLOSE);
      assertThat(client.isClosedByOther()).isTrue();
      assertClosedWithMask(upstream);
    }
  }

  @Test
  void frameThatHasBegunIsCompletedBeforeTheCloseFrame() throws IOException {
    try (Peer client = client();
        Peer upstream = open(client)) {
      upstream.send("\u0081\u0006he");
      assertThat(client.read(4)).isEqualTo("\u0081\u0006he");
      serve(false);
      assertClosedWithMask(upstream);
      upstream.send("llo!\u0081\u0004lost");
      assertThat(client.read(4)).isEqualTo("llo!");
      assertThat(client.readBytes(4)).isEqualTo(CLOSE);
      assertThat(client.isClosedByOther()).isTrue();
    }
  }

  @Test
  void frameThatIsNeverCompletedIsGivenUp() throws IOException {
    try (Peer client = client();
        Peer upstream = open(client)) {
      upstream.send("\u0081\u0006he");
      assertThat(client.read(4)).isEqualTo("\u0081\u0006he");
      serve(false);
      assertThat(client.isClosedByOther()).isTrue();
    }
  }

  @Test
  void webSocketThatIsClosingGetsNoSecondCloseFrame() throws IOException {
    try (Peer client = client();
        Peer upstream = open(client)) {
      upstream.send("\u0088\u0002\u0003\u00e8");
      assertThat(client.read(4)).isEqualTo("\u0088\u0002\u0003\u00e8");
      serve(false);
      assertThat(client.isClosedByOther()).isTrue();
    }
  }

  @Test
  void streamOfEventsIsBrokenOff() throws IOException {
    try (Peer client = client().sendHead("GET /api HTTP/1.1", "Host: g");
        Peer upstream = upstreamConnection()) {
      upstream.readHead();
      upstream
          .sendHead(
              "HTTP/1.1 200 OK", "Content-Type: text/event-stream", "Transfer-Encoding: chunked")
          .send("5\r\ndata:\r\n");
      assertThat(client.readHead().status()).isEqualTo(200);
      assertThat(client.readChunk()).isEqualTo("data:");
      serve(false);
      assertThat(client.read(100)).isIn("", "\r\n");
      assertThat(upstream.isClosedByOther()).isTrue();
    }
  }

  @Test
  void whatABypassTokenHasLetInIsNotEnded() throws IOException {
    try (Peer before = client();
        Peer upstreamBefore = open(before)) {
      closeButFor("imb_testers");
      try (Peer client =
              client()
                  .sendHead("GET /api HTTP/1.1", "Host: g", "Intermission-Bypass: imb_testers");
          Peer upstream = upstreamConnection()) {
        upstream.readHead();
        assertThat(before.readBytes(4)).isEqualTo(CLOSE);
        assertClosedWithMask(upstreamBefore);
        upstream.sendHead("HTTP/1.1 200 OK", "Content-Length: 4").send("late");
        Head head = client.readHead();
        assertThat(head.status()).isEqualTo(200);
        assertThat(client.readBody(head)).isEqualTo("late");
      }
    }
  }

  @Test
  void streamOfHttp2IsReset() throws IOException {
    try (Http2Peer client = Http2Peer.connect(trafficPort())) {
      int stream =
          client.request(
              true, ":method", "GET", ":scheme", "http", ":path", "/api", ":authority", "g");
      try (Peer upstream = upstreamConnection()) {
        upstream.readHead();
        upstream.sendHead("HTTP/1.1 200 OK", "Content-Length: 9").send("abc");
        serve(false);
        Http2Peer.Outcome outcome = client.outcome(stream);
        assertThat(outcome.status()).isEqualTo(200);
        assertThat(outcome.reset()).isPositive();
        assertThat(upstream.isClosedByOther()).isTrue();
      }
    }
  }

  @Test
  void requestWithoutAnAnswerGetsOneOfTheGateway() throws IOException {
    try (Peer client = client().sendHead("GET /api HTTP/1.1", "Host: g");
        Peer upstream = upstreamConnection()) {
      upstream.readHead();
      serve(false);
      Head head = client.readHead();
      assertThat(head.status()).isEqualTo(503);
      assertThat(client.readBody(head)).contains("\"API_CLOSED\"");
      assertThat(upstream.isClosedByOther()).isTrue();
    }
  }

  @Test
  void uploadIsBrokenOff() throws IOException {
    try (Peer client =
            client().sendHead("POST /api HTTP/1.1", "Host: g", "Content-Length: 9").send("abc");
        Peer upstream = upstreamConnection()) {
      upstream.readHead();
      assertThat(upstream.read(3)).isEqualTo("abc");
      serve(false);
      assertThat(client.readHead().status()).isEqualTo(503);
      assertThat(upstream.isClosedByOther()).isTrue();
    }
  }

  @Test
  void clientThatDoesNotReadKeepsNoRequest() throws IOException {
    try (Peer client = client().sendHead("GET /api HTTP/1.1", "Host: g");
        Peer upstream = upstreamConnection()) {
      upstream.readHead();
      upstream.sendHead("HTTP/1.1 200 OK", "Content-Length: 999999999999");
      assertThat(client.readHead().status()).isEqualTo(200);
      serve(false);
      byte[] piece = new byte[LARGE];
      assertThatThrownBy(
              () -> {
                while (true) {
                  upstream.send(piece);
                }
              })
          .isInstanceOf(IOException.class);
    }
  }
}
