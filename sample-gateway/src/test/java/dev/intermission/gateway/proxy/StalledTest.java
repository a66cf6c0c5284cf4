package dev.intermission.gateway.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.intermission.gateway.Peer;
import dev.intermission.gateway.Peer.Head;
import dev.intermission.gateway.config.UpstreamConfig;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Silence is blamed on the side that is silent: an upstream that takes no more, or a client. */
class StalledTest extends ProxyFixture {

  /** Longer than a busy machine lets a thread of the test wait. */
  private static final Duration SHORT = Duration.ofSeconds(3);

  /** More than the buffers of all sockets between the two. */
  private static final int LARGE = 64 << 20;

  @Override
  UpstreamConfig upstream() {
    return new UpstreamConfig(LONG, SHORT, LONG, 10, false);
  }

  private void whileAnotherUpstreamIsGivenUp() throws IOException {
    try (Peer client = client().sendHead("GET /api/another HTTP/1.1", "Host: g");
        Peer upstream = upstreamConnection()) {
      upstream.readHead();
      assertThat(client.readHead().status()).isEqualTo(504);
      assertThat(upstream.isClosedByOther()).isTrue();
    }
  }

  @Test
  void upstreamThatReadsNoMoreOfABodyIsGivenUp() throws Exception {
    try (Peer client =
            client().sendHead("POST /api HTTP/1.1", "Host: g", "Content-Length: " + LARGE);
        Peer upstream = upstreamConnection()) {
      upstream.readHead();
      Thread upload =
          new Thread(
              () -> {
                try {
                  client.send(new byte[LARGE]);
                } catch (IOException e) {
                  // The gateway has answered, and takes no more.
                  assertThat(e).isNotNull();
                }
              });
      upload.start();
      Head head = client.readHead();
      assertThat(head.status()).isEqualTo(504);
      assertThat(client.readBody(head)).contains("\"UPSTREAM_TIMEOUT\"");
      upload.join();
    }
  }

  @Test
  void clientThatSendsSlowlyIsNotTheUpstreamsFault() throws IOException {
    try (Peer client =
            client().sendHead("POST /api HTTP/1.1", "Host: g", "Content-Length: 2").send("a");
        Peer upstream = upstreamConnection()) {
      upstream.readHead();
      assertThat(upstream.read(1)).isEqualTo("a");
      whileAnotherUpstreamIsGivenUp();
      client.send("b");
      assertThat(upstream.read(1)).isEqualTo("b");
      upstream.sendHead("HTTP/1.1 204 None");
      assertThat(client.readHead().status()).isEqualTo(204);
    }
  }

  @Test
  void clientThatReadsSlowlyIsNotTheUpstreamsFault() throws Exception {
    try (Peer client = client().sendHead("GET /api HTTP/1.1", "Host: g");
        Peer upstream = upstreamConnection()) {
      upstream.readHead();
      upstream.sendHead("HTTP/1.1 200 OK", "Content-Length: " + LARGE);
      try (Pump down = Pump.send(upstream, 3, LARGE)) {
        assertThat(client.readHead().status()).isEqualTo(200);
        whileAnotherUpstreamIsGivenUp();
        assertThat(Pump.receive(client, LARGE)).isEqualTo(down.sum());
      }
    }
  }
}
