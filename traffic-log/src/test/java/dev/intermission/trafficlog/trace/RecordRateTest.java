package dev.intermission.trafficlog.trace;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RecordRateTest {

  private static final long SECOND = Duration.ofSeconds(1).toNanos();

  /** Near the end of the numbers, where a clock may stand. */
  private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - SECOND / 2);

  private int taken(RecordRate rate, int asked) {
    int taken = 0;
    for (int i = 0; i < asked; i++) {
      taken += rate.take() ? 1 : 0;
    }
    return taken;
  }

  @Test
  void noMoreThanTheMostAreTakenInASecond() {
    RecordRate rate = new RecordRate(20, now::get);
    assertThat(taken(rate, 15)).isEqualTo(15);
    now.addAndGet(SECOND / 2);
    assertThat(taken(rate, 100)).isEqualTo(5);
    now.addAndGet(SECOND / 2 - 1);
    assertThat(taken(rate, 100)).isZero();
    now.addAndGet(1);
    assertThat(taken(rate, 100)).isEqualTo(15);
    now.addAndGet(SECOND);
    assertThat(taken(rate, 100)).isEqualTo(20);
  }

  @Test
  void oneIsTakenWheneverTheLastSecondHasRoom() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    RecordRate rate = new RecordRate(20, now::get);
    List<Long> taken = new ArrayList<>();
    long time = 0;
    for (int i = 0; i < 20_000; i++) {
      long step = random.nextInt(random.nextInt(10) == 0 ? 1_000_000_000 : 20_000_000);
      time += step;
      now.addAndGet(step);
      long before = time - SECOND;
      boolean hasRoom = taken.stream().filter(at -> at > before).count() < 20;
      assertThat(rate.take()).as("seed %d, request %d", seed, i).isEqualTo(hasRoom);
      if (hasRoom) {
        taken.add(time);
        if (taken.size() > 40) {
          taken.remove(0);
        }
      }
    }
  }
}
