package dev.intermission.gateway.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.intermission.gateway.Peer;
import dev.intermission.gateway.config.UpstreamConfig;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A tunnel on which nobody says anything is closed; one direction with traffic is enough. */
@Tag("slow")
class SilentTunnelTest extends ProxyFixture {

  /** Longer than a busy machine lets a thread wait, and shorter than what a client has. */
  private static final Duration IDLE = Duration.ofSeconds(10);

  @Override
  UpstreamConfig upstream() {
    return new UpstreamConfig(LONG, IDLE, LONG, 1, false);
  }

  private Peer open(Peer client) throws IOException {
    client.sendHead("GET /api HTTP/1.1", "Host: g", "Connection: Upgrade", "Upgrade: websocket");
    Peer upstream = upstreamConnection();
    upstream.readHead();
    upstream.sendHead("HTTP/1.1 101 OK", "Connection: Upgrade", "Upgrade: websocket");
    assertThat(client.readHead().status()).isEqualTo(101);
    return upstream;
  }

  @Test
  void trafficInOneDirectionKeepsATunnel() throws IOException {
    try (Peer silent = client();
        Peer upstreamOfSilent = open(silent);
        Peer down = client();
        Peer upstreamOfDown = open(down);
        Peer up = client();
        Peer upstreamOfUp = open(up)) {
      while (!silent.isClosedWithin(Duration.ofMillis(100))) {
        upstreamOfDown.send("d");
        assertThat(down.read(1)).isEqualTo("d");
        up.send("u");
        assertThat(upstreamOfUp.read(1)).isEqualTo("u");
      }
      assertThat(upstreamOfSilent.isClosedByOther()).isTrue();
      down.send("still");
      assertThat(upstreamOfDown.read(5)).isEqualTo("still");
      upstreamOfUp.send("still");
      assertThat(up.read(5)).isEqualTo("still");
    }
  }
}
