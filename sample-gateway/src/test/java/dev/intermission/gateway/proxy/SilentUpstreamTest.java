package dev.intermission.gateway.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.intermission.gateway.Peer;
import dev.intermission.gateway.Peer.Head;
import dev.intermission.gateway.config.UpstreamConfig;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** An upstream that says nothing more is given up in time. */
class SilentUpstreamTest extends ProxyFixture {

  private static final Duration SHORT = Duration.ofMillis(500);

  @Override
  UpstreamConfig upstream() {
    return new UpstreamConfig(LONG, SHORT, LONG, 1, false);
  }

  @Test
  void upstreamThatIsSilentIsGivenUp() throws IOException {
    try (Peer client = client().sendHead("GET /api HTTP/1.1", "Host: g", "X-Correlation-Id: c");
        Peer upstream = upstreamConnection()) {
      upstream.readHead();
      Head head = client.readHead();
      assertThat(head.status()).isEqualTo(504);
      assertThat(client.readBody(head))
          .isEqualTo(
              """
              {"fault":{"correlationId":"c","faultCode":"UPSTREAM_TIMEOUT",\
              "faultString":"The upstream of the API did not answer in time",\
              "faultStatusCode":"504","responseFromApi":""}}""");
      assertThat(upstream.isClosedByOther()).isTrue();
    }
  }

  @Test
  void upstreamThatFallsSilentInsideItsBodyIsCut() throws IOException {
    try (Peer client = client().sendHead("GET /api HTTP/1.1", "Host: g");
        Peer upstream = upstreamConnection()) {
      upstream.readHead();
      upstream.sendHead("HTTP/1.1 200 OK", "Content-Length: 10").send("abc");
      client.readHead();
      assertThat(client.read(3)).isEqualTo("abc");
      assertThat(client.isClosedByOther()).isTrue();
    }
  }
}
