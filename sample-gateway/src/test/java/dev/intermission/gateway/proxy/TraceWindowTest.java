package dev.intermission.gateway.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.intermission.api.ProxyParts;
import dev.intermission.api.TraceWindow;
import dev.intermission.gateway.Peer;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** A window begins and ends by the gateway's own clock, and no admin side tells it so. */
class TraceWindowTest extends TraceFixture {

  private void request(String path) throws IOException {
    try (Peer client = client().sendHead("GET " + path + " HTTP/1.1", "Host: g")) {
      assertThat(client.readHead().status()).isEqualTo(503);
    }
  }

  @Test
  void requestsAreRecordedWhileTheWindowIsActive() throws Exception {
    Instant from = Instant.now().plus(Duration.ofHours(1));
    TraceWindow window = new TraceWindow(from, from.plus(Duration.ofHours(1)));
    serve(false, ProxyParts.NONE.withTrace(window));
    request("/api/before");
    assertThat(isOn()).isFalse();
    time.shift(Duration.ofMinutes(90));
    await().atMost(LONG).until(this::isOn);
    request("/api/inside");
    time.shift(Duration.ofMinutes(150));
    request("/api/behind");
    await().atMost(LONG).until(() -> !isOn());
    request("/api/off");
    time.shift(Duration.ofMinutes(119));
    await().atMost(LONG).until(this::isOn);
    request("/api/last");
    await().atMost(LONG).until(() -> records().size() >= 2);
    assertThat(records())
        .extracting(record -> record.line().path())
        .containsExactly("/api/inside", "/api/last");
    assertThat(dropped()).isZero();
  }

  @Test
  void deploymentWithoutAWindowEndsIt() throws Exception {
    serve(false, traced(ProxyParts.NONE));
    request("/api/inside");
    serve(false, ProxyParts.NONE);
    request("/api/behind");
    serve(false, traced(ProxyParts.NONE));
    request("/api/last");
    await().atMost(LONG).until(() -> records().size() >= 2);
    assertThat(records())
        .extracting(record -> record.line().path())
        .containsExactly("/api/inside", "/api/last");
  }
}
