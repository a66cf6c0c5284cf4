package dev.intermission.gateway.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.intermission.gateway.Peer;
import dev.intermission.gateway.Peer.Head;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A client that says nothing more is given up in time; one that waits is not. */
class SilentClientTest extends ProxyFixture {

  private static final Duration SHORT = Duration.ofMillis(500);

  @Override
  Duration clientIdle() {
    return SHORT;
  }

  @Test
  void clientThatFallsSilentInsideItsBodyIsToldSo() throws IOException {
    try (Peer client =
            client()
                .sendHead(
                    "POST /api HTTP/1.1", "Host: g", "X-Correlation-Id: c", "Content-Length: 9")
                .send("abc");
        Peer upstream = upstreamConnection()) {
      upstream.readHead();
      Head head = client.readHead();
      assertThat(head.status()).isEqualTo(408);
      assertThat(client.readBody(head)).contains("\"faultCode\":\"CLIENT_TIMEOUT\"");
      assertThat(upstream.read(3)).isEqualTo("abc");
      assertThat(upstream.isClosedByOther()).isTrue();
    }
  }

  @Test
  void clientThatWaitsForItsAnswerIsNotSilent() throws IOException {
    try (Peer client = client().sendHead("GET /api HTTP/1.1", "Host: g");
        Peer upstream = upstreamConnection();
        Peer idle = client()) {
      upstream.readHead();
      // The idle connection is younger: when it is closed, the client has waited for longer.
      assertThat(idle.isClosedByOther()).isTrue();
      upstream.sendHead("HTTP/1.1 200 OK", "Content-Length: 2").send("a");
      assertThat(client.readHead().status()).isEqualTo(200);
      try (Peer another = client()) {
        assertThat(another.isClosedByOther()).isTrue();
      }
      upstream.send("b");
      assertThat(client.read(2)).isEqualTo("ab");
    }
  }
}
