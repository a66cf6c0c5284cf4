package dev.intermission.gateway;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** An API that is closed under load is drained when that is said, and counts add up. */
class DrainedTest extends DrainedBehaviour {

  @Test
  void someRoundsOfClosingUnderLoad() throws Exception {
    rounds(24);
  }

  @Test
  void countsOfAllGatewaysAddUpToWhatWasSent() throws Exception {
    count(40);
  }

  @Tag("slow")
  @Test
  void manyRoundsOfClosingUnderLoad() throws Exception {
    rounds(80);
  }

  /** Maven's option {@code -DdrainRounds=N} makes it another number of rounds. */
  @Tag("exhaustive")
  @Test
  void tenThousandRoundsOfClosingUnderLoad() throws Exception {
    rounds(Integer.getInteger("drainRounds", 10_000));
  }
}
