package dev.intermission.trafficlog.trace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.intermission.trafficlog.capture.CapturedTimes;
import org.junit.jupiter.api.Test;

class TraceTimesTest {

  private static final long NEVER = CapturedTimes.NEVER;

  @Test
  void partsFollowEachOther() {
    CapturedTimes times = new CapturedTimes(NEVER, 1_000_000, 1_500_400, 9_000_600, 9_250_000);
    assertThat(TraceTimes.of(times, true)).isEqualTo(new TraceTimes(1.0, 0.5, 7.5, 0.249));
  }

  @Test
  void answerOfTheGatewayHasNoUpstream() {
    CapturedTimes times = new CapturedTimes(200_000, NEVER, NEVER, NEVER, 300_000);
    assertThat(TraceTimes.of(times, true)).isEqualTo(new TraceTimes(0.2, null, null, 0.1));
  }

  @Test
  void connectionThatFailsCountsUntilItHas() {
    CapturedTimes times = new CapturedTimes(6_000_000, 1_000_000, NEVER, 5_000_000, 6_500_000);
    assertThat(TraceTimes.of(times, true)).isEqualTo(new TraceTimes(1.0, 4.0, null, 1.5));
  }

  @Test
  void clientThatLeavesHasNoResponse() {
    CapturedTimes times = new CapturedTimes(NEVER, 1_000_000, 2_000_000, NEVER, 5_000_000);
    assertThat(TraceTimes.of(times, false)).isEqualTo(new TraceTimes(1.0, 1.0, 3.0, null));
    CapturedTimes early = new CapturedTimes(NEVER, NEVER, NEVER, NEVER, 5_000_000);
    assertThat(TraceTimes.of(early, false)).isEqualTo(new TraceTimes(null, null, null, null));
  }
}
