package dev.intermission.gateway.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.intermission.gateway.Peer;
import dev.intermission.gateway.config.UpstreamConfig;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The record of a request whose upstream is silent. */
class TraceTimeoutTest extends TraceFixture {

  @Override
  UpstreamConfig upstream() {
    return new UpstreamConfig(LONG, Duration.ofMillis(500), LONG, 1, false);
  }

  @Test
  void upstreamThatIsSilentHasNoResponse() throws Exception {
    trace();
    try (Peer client = client().sendHead("GET /api HTTP/1.1", "Host: g");
        Peer upstream = upstreamConnection()) {
      upstream.readHead();
      assertThat(client.readHead().status()).isEqualTo(504);
    }
    JsonNode record = record();
    assertThat(record.path("result").asText()).isEqualTo("ERROR");
    assertThat(record.path("error").asText()).isEqualTo("UPSTREAM_TIMEOUT");
    assertThat(record.path("status").asInt()).isEqualTo(504);
    assertThat(record.path("toTarget").path("target").asText()).isEqualTo("/");
    assertThat(record.path("fromTarget").isNull()).isTrue();
    assertThat(record.path("toClient").path("status").asInt()).isEqualTo(504);
    double upstream = record.path("times").path("upstream").asDouble();
    assertThat(upstream).isGreaterThan(record.path("times").path("response").asDouble());
    assertThat(record.path("millis").asDouble()).isGreaterThan(upstream - 1);
  }
}
