package dev.intermission.feed.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.intermission.api.ProxyCounts;
import dev.intermission.api.ProxyId;
import dev.intermission.api.store.ToldCounts;
import dev.intermission.feed.CountsReport;
import dev.intermission.feed.server.CountDirectory.Taken;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What admin nodes know of the counts of nodes, from them and from each other. */
class CountDirectoryTest {

  private static final ProxyId A = new ProxyId("p", "a");
  private static final ProxyId B = new ProxyId("p", "b");
  private static final long SECOND = Duration.ofSeconds(1).toNanos();

  private final CountDirectory here = new CountDirectory();
  private final CountDirectory there = new CountDirectory();

  private static ProxyCounts counts(ProxyId id, long answers, int inFlight) {
    return new ProxyCounts(id, true, answers, 0, 0, inFlight, 0);
  }

  private static CountsReport report(long after, long number, ProxyCounts... proxies) {
    return new CountsReport(after, number, 7, true, true, Arrays.asList(proxies), List.of());
  }

  /** Tells one what the other has heard. */
  private static void tell(CountDirectory from, CountDirectory to) {
    List<ToldCounts> told = from.untold();
    from.told(told);
    to.learn(told, to.stamps("production"), (environment, node, run) -> false);
  }

  private static @Nullable ProxyCounts known(CountDirectory directory, ProxyId id) {
    HeardCounts heard = directory.counts("production").get("node");
    return heard == null ? null : heard.of(id);
  }

  @Test
  void reportsAreTakenInTheirOrderOnly() {
    assertThat(here.take("production", "node", null, report(4, 5, counts(A, 1, 1))))
        .isEqualTo(Taken.NO);
    assertThat(
            here.take("production", "node", null, report(0, 5, counts(A, 1, 1), counts(B, 1, 0))))
        .isEqualTo(Taken.URGENT);
    assertThat(here.take("production", "node", null, report(5, 6, counts(A, 2, 1))))
        .isEqualTo(Taken.YES);
    assertThat(here.take("production", "node", null, report(5, 6, counts(A, 2, 1))))
        .isEqualTo(Taken.NO);
    assertThat(known(here, A)).isEqualTo(counts(A, 2, 1));
    assertThat(known(here, B)).isEqualTo(counts(B, 1, 0));
    assertThat(here.take("production", "node", null, report(6, 7, counts(A, 2, 0))))
        .as("nothing is in flight any more")
        .isEqualTo(Taken.URGENT);
    here.take(
        "production", "node", null, new CountsReport(7, 8, 7, true, true, List.of(), List.of(A)));
    assertThat(known(here, A)).isNull();
    assertThat(known(here, B)).isEqualTo(counts(B, 1, 0));
  }

  @Test
  void whatOneHasHeardTheOtherLearnsAndCanGoOnFrom() {
    here.take("production", "node", null, report(0, 5, counts(A, 1, 1)));
    tell(here, there);
    assertThat(known(there, A)).isEqualTo(counts(A, 1, 1));
    assertThat(there.stamps("production")).isEqualTo(here.stamps("production"));
    assertThat(there.take("production", "node", null, report(5, 6, counts(A, 3, 0))))
        .isEqualTo(Taken.URGENT);
    assertThat(there.untold()).hasSize(1);
    tell(there, here);
    assertThat(known(here, A)).isEqualTo(counts(A, 3, 0));
    assertThat(here.untold()).isEmpty();
  }

  @Test
  void whatIsNewerHereIsNotReplacedByWhatIsToldElsewhere() {
    there.take("production", "node", null, report(0, 5, counts(A, 1, 1)));
    here.take("production", "node", null, report(0, 6, counts(A, 2, 0)));
    tell(there, here);
    assertThat(known(here, A)).as("not told yet").isEqualTo(counts(A, 2, 0));
    List<ToldCounts> old = here.untold();
    Map<String, Long> before = here.stamps("production");
    here.take("production", "node", null, report(6, 7, counts(A, 3, 0)));
    here.told(old);
    assertThat(here.untold()).as("more was heard since").hasSize(1);
    here.told(here.untold());
    here.learn(old, before, (environment, node, run) -> false);
    assertThat(known(here, A)).as("asked for before").isEqualTo(counts(A, 3, 0));
    assertThat(here.untold()).isEmpty();
  }

  @Test
  void whatIsToldWhileTheStoreIsReadIsNotReplacedByWhatTheStoreHadBefore() {
    here.take("production", "node", null, report(0, 5, counts(A, 1, 1)));
    List<ToldCounts> old = here.untold();
    here.told(old);
    here.take("production", "node", null, report(5, 6, counts(A, 1, 0)));
    Map<String, Long> before = here.stamps("production");
    here.told(here.untold());
    here.learn(old, before, (environment, node, run) -> false);
    assertThat(known(here, A)).isEqualTo(counts(A, 1, 0));
  }

  /** As of a report that an admin node took although its answer was lost. */
  @Test
  void reportThatIsLateOnItsWayIsNotTaken() {
    here.take("production", "node", "run", report(0, 6, counts(A, 2, 0)));
    assertThat(here.take("production", "node", "run", report(0, 5, counts(A, 1, 1))))
        .isEqualTo(Taken.NO);
    assertThat(known(here, A)).isEqualTo(counts(A, 2, 0));
    assertThat(here.take("production", "node", "another", report(0, 3, counts(A, 0, 0))))
        .isNotEqualTo(Taken.NO);
    assertThat(here.take("production", "node", "run", report(3, 4, counts(A, 1, 1))))
        .as("does not follow on another process's")
        .isEqualTo(Taken.NO);
  }

  @Test
  void whatALateAdminNodeWroteOverNewerCountsIsToldOnceMore() {
    there.take("production", "node", "run", report(0, 5, counts(A, 1, 1)));
    List<ToldCounts> late = there.untold();
    here.take("production", "node", "run", report(0, 6, counts(A, 2, 0)));
    here.told(here.untold());
    here.learn(late, here.stamps("production"), (environment, node, run) -> false);
    assertThat(known(here, A)).isEqualTo(counts(A, 2, 0));
    assertThat(here.untold()).extracting(ToldCounts::number).containsExactly(6L);
  }

  @Test
  void whatALateAdminNodeToldOfAnEarlierProcessIsNotTaken() {
    there.take("production", "node", "first", report(0, 5, counts(A, 1, 1)));
    List<ToldCounts> late = there.untold();
    here.take("production", "node", "second", report(0, 3, counts(A, 2, 0)));
    here.told(here.untold());
    here.learn(
        late,
        here.stamps("production"),
        (environment, node, run) -> run != null && run.equals("first"));
    assertThat(known(here, A)).isEqualTo(counts(A, 2, 0));
    assertThat(here.untold()).extracting(ToldCounts::run).containsExactly("second");
  }

  @Test
  void nodesThatAreGoneAreForgotten() {
    here.take("production", "node", null, report(0, 5, counts(A, 1, 1)));
    here.retain("production", Set.of("node"));
    assertThat(here.counts("production")).containsKey("node");
    here.retain("production", Set.of("other"));
    assertThat(here.counts("production")).isEmpty();
    here.take("production", "node", null, report(0, 5, counts(A, 1, 1)));
    here.remove("production", "node");
    assertThat(here.counts("production")).isEmpty();
    assertThat(here.untold()).isEmpty();
  }

  @Test
  void whatCannotBeReadIsLeftOut() {
    here.learn(
        List.of(new ToldCounts("production", "node", 1, "{\"later\":true}")),
        Map.of(),
        (environment, node, run) -> false);
    assertThat(here.counts("production")).isEmpty();
  }

  private static long answersInTheMinute(RecentCounts recent, long answers, long atSecond) {
    return recent.lastMinute(counts(A, answers, 0), atSecond * SECOND).answers();
  }

  @Test
  void lastMinuteIsWhatCameInIt() {
    RecentCounts recent =
        RecentCounts.NONE
            .with(counts(A, 10, 0), 5 * SECOND)
            .with(counts(A, 20, 0), 8 * SECOND)
            .with(counts(A, 30, 0), 25 * SECOND);
    assertThat(answersInTheMinute(recent, 30, 26)).isEqualTo(30);
    assertThat(answersInTheMinute(recent, 30, 59)).isEqualTo(30);
    assertThat(answersInTheMinute(recent, 30, 65)).as("after the first slot").isEqualTo(10);
    assertThat(answersInTheMinute(recent, 30, 200)).isZero();
    assertThat(answersInTheMinute(recent.with(counts(A, 31, 0), 200 * SECOND), 31, 200))
        .isEqualTo(1);
  }

  @Test
  void whatCameBeforeAnAdminNodeHeardOfItIsNotOfTheLastMinute() {
    RecentCounts recent = RecentCounts.from(counts(A, 1_000, 0));
    assertThat(answersInTheMinute(recent, 1_000, 1)).isZero();
    assertThat(answersInTheMinute(recent.with(counts(A, 1_005, 0), SECOND), 1_005, 2)).isEqualTo(5);
  }

  @Test
  void countThatBeginsAnewIsAllOfTheLastMinute() {
    RecentCounts recent = RecentCounts.NONE.with(counts(A, 50, 0), 5 * SECOND);
    assertThat(answersInTheMinute(recent, 3, 100)).isEqualTo(3);
  }
}
