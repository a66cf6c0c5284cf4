package dev.intermission.gateway.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.intermission.gateway.Peer;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** An API that opens again within the drain time keeps what is in flight. */
class ReopenedTest extends ProxyFixture {

  private static final Duration DRAIN = Duration.ofSeconds(2);

  @Override
  @Nullable Duration drainTime() {
    return DRAIN;
  }

  @Test
  void requestGoesOn() throws IOException {
    try (Peer client = client().sendHead("GET /api HTTP/1.1", "Host: g");
        Peer upstream = upstreamConnection()) {
      upstream.readHead();
      upstream.sendHead("HTTP/1.1 200 OK", "Content-Length: 6").send("abc");
      assertThat(client.readHead().status()).isEqualTo(200);
      assertThat(client.read(3)).isEqualTo("abc");
      serve(false);
      serve(true);
      assertThat(client.isClosedWithin(DRAIN.plusSeconds(1))).isFalse();
      upstream.send("def");
      assertThat(client.read(3)).isEqualTo("def");
    }
  }
}
