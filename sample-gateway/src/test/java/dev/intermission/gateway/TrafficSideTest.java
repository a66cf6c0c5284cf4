package dev.intermission.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.intermission.api.ApiProxy;
import dev.intermission.gateway.config.GatewayConfig;
import dev.intermission.gateway.config.LogConfig;
import dev.intermission.trafficlog.connection.LogConnection;
import dev.intermission.trafficlog.connection.LogTarget;
import dev.intermission.trafficlog.trace.Traces;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrafficSideTest {

  @TempDir Path folder;

  private GatewayConfig config(String... environments) {
    ApiProxy proxy = RunningGateway.proxy("A", "/a", "http://127.0.0.1:9");
    LogTarget target = new LogTarget.RollingFile(folder.resolve("log"), 1, 1, 1);
    return RunningGateway.logging(
        new LogConfig(
            "of-a-start", List.of(new LogConnection("of-a-start", Set.of(environments), target))),
        RunningGateway.config(folder.resolve("data"), proxy));
  }

  @Test
  void startThatFailsLeavesNoTrafficLogBehind() {
    assertThatThrownBy(
            () ->
                new TrafficSide(
                    config(),
                    (environment, consumer) -> {
                      throw new IllegalStateException("no feed");
                    },
                    Clock.systemUTC(),
                    Map.of(),
                    null,
                    new Traces(Clock.systemUTC(), report -> {})))
        .hasMessage("no feed");
    await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(
            () ->
                assertThat(Thread.getAllStackTraces().keySet())
                    .extracting(Thread::getName)
                    .doesNotContain("traffic-log-of-a-start"));
  }

  @Test
  void accessLogIsAConnectionThatTheEnvironmentUses() {
    assertThat(config("production").log().accessLog()).isEqualTo("of-a-start");
    assertThatThrownBy(() -> config("staging"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "traffic.accessLog: found 'of-a-start', a connection that gateways of 'production' do not use; allowed are off, stdout and the connections []");
  }
}
