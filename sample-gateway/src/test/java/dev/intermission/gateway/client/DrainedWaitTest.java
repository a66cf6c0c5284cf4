package dev.intermission.gateway.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** How long the calls wait of which a wait until APIs are drained is made. */
class DrainedWaitTest {

  @Test
  void callWaitsWhileTimeIsLeftAndNoLonger() {
    assertThat(DrainedWait.secondsToAsk(Duration.ofMinutes(1))).isEqualTo(25);
    assertThat(DrainedWait.secondsToAsk(Duration.ofMillis(1001))).isEqualTo(2);
    assertThat(DrainedWait.secondsToAsk(Duration.ofSeconds(1))).isEqualTo(1);
    assertThat(DrainedWait.secondsToAsk(Duration.ofNanos(1))).isEqualTo(1);
    assertThat(DrainedWait.secondsToAsk(Duration.ZERO)).isZero();
    assertThat(DrainedWait.secondsToAsk(Duration.ofSeconds(-5))).isZero();
  }
}
