package dev.intermission.gateway.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.intermission.gateway.Peer;
import dev.intermission.gateway.config.UpstreamConfig;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** An upstream that gets the Host which the client sent. */
class PreservedHostTest extends ProxyFixture {

  @Override
  UpstreamConfig upstream() {
    return new UpstreamConfig(LONG, LONG, LONG, 1, true);
  }

  private Peer.Head headAtUpstream(String... head) throws IOException {
    Peer client = client().sendHead(head);
    try (client;
        Peer upstream = upstreamConnection()) {
      return upstream.readHead();
    }
  }

  @Test
  void upstreamGetsTheClientsHostOnce() throws IOException {
    assertThat(headAtUpstream("GET /api HTTP/1.1", "Host: shop.example:8443").values("Host"))
        .containsExactly("shop.example:8443");
  }

  @Test
  void upstreamGetsItsOwnWhereTheClientSentNone() throws IOException {
    assertThat(headAtUpstream("GET /api HTTP/1.0").values("Host"))
        .containsExactly("127.0.0.1:" + upstreamPort());
  }
}
