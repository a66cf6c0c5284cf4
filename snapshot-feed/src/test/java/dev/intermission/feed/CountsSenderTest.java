package dev.intermission.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.intermission.api.CountSource;
import dev.intermission.api.NodeCounts;
import dev.intermission.api.ProxyCounts;
import dev.intermission.api.ProxyId;
import dev.intermission.api.SnapshotFeed;
import dev.intermission.feed.CountsSender.Outcome;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a node tells of its counts, and when. */
class CountsSenderTest {

  private volatile NodeCounts counts = new NodeCounts(0, true, List.of(), true);
  private volatile Runnable urgent = () -> {};
  private volatile Outcome outcome = Outcome.TAKEN;
  private final List<CountsReport> reports = new CopyOnWriteArrayList<>();
  private final CountsSender sender =
      new CountsSender(
          "production",
          new CountSource() {
            @Override
            public NodeCounts counts() {
              return counts;
            }

            @Override
            public SnapshotFeed.Subscription onUrgent(Runnable listener) {
              urgent = listener;
              return () -> urgent = () -> {};
            }
          },
          report -> {
            reports.add(report);
            return report.after() == 0 && outcome == Outcome.ALL_WANTED ? Outcome.TAKEN : outcome;
          });

  @AfterEach
  void close() {
    sender.close();
  }

  private static ProxyCounts of(String name, long answers) {
    return new ProxyCounts(new ProxyId("p", name), true, answers, 0, 0, 0, 0);
  }

  private void count(long version, ProxyCounts... proxies) {
    counts = new NodeCounts(version, true, Arrays.asList(proxies), true);
  }

  private CountsReport told() throws InterruptedException {
    sender.tell();
    return reports.get(reports.size() - 1);
  }

  @Test
  void allIsToldFirstAndThenWhatChanged() throws InterruptedException {
    sender.tell();
    assertThat(reports).as("nothing is served yet").isEmpty();
    count(3, of("a", 1), of("b", 2));
    CountsReport all = told();
    assertThat(all.after()).isZero();
    assertThat(all.proxies()).containsExactly(of("a", 1), of("b", 2));
    sender.tell();
    assertThat(reports).as("nothing changed").hasSize(1);

    count(3, of("a", 1), of("b", 5));
    CountsReport changed = told();
    assertThat(changed.after()).isEqualTo(all.number());
    assertThat(changed.proxies()).containsExactly(of("b", 5));
    assertThat(changed.gone()).isEmpty();

    count(4, of("b", 5));
    CountsReport gone = told();
    assertThat(gone.after()).isEqualTo(changed.number());
    assertThat(gone.version()).isEqualTo(4);
    assertThat(gone.proxies()).isEmpty();
    assertThat(gone.gone()).containsExactly(new ProxyId("p", "a"));

    count(5, of("b", 5));
    assertThat(told().version()).as("the version alone").isEqualTo(5);
    assertThat(reports).hasSize(4);
  }

  @Test
  void allIsToldAgainToOneThatWantsIt() throws InterruptedException {
    count(3, of("a", 1), of("b", 2));
    sender.tell();
    outcome = Outcome.ALL_WANTED;
    count(3, of("a", 1), of("b", 3));
    CountsReport all = told();
    assertThat(reports).hasSize(3);
    assertThat(all.after()).isZero();
    assertThat(all.proxies()).containsExactly(of("a", 1), of("b", 3));
    outcome = Outcome.TAKEN;
    count(3, of("a", 2), of("b", 3));
    assertThat(told().after()).isEqualTo(all.number());
  }

  @Test
  void allIsToldAgainAfterOneWasLost() throws InterruptedException {
    outcome = Outcome.LOST;
    count(3, of("a", 1));
    sender.tell();
    sender.tell();
    outcome = Outcome.TAKEN;
    assertThat(told().after()).isZero();
    sender.tell();
    assertThat(reports).hasSize(3);
  }

  @Test
  void whatIsUrgentIsToldAndWhatIsNotTooSoonAfter() {
    sender.start();
    count(3, of("a", 1));
    await().until(() -> reports.size() == 1);
    count(3, of("a", 2));
    urgent.run();
    await().until(() -> reports.size() == 2);
    count(3, of("a", 3));
    await().until(() -> reports.size() == 3);
  }
}
