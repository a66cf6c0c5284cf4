package dev.intermission.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.awaitility.Durations.ONE_MINUTE;

import dev.intermission.api.store.NodeReport;
import dev.intermission.api.store.NodeStatus;
import dev.intermission.api.store.ToldCounts;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What is known of nodes, as every database must keep it. */
abstract class NodeBehaviour extends StoreBehaviour {

  private static final Duration HOUR = Duration.ofHours(1);

  private static NodeReport node(String name, long version) {
    return new NodeReport(
        "production",
        name,
        version,
        "10.0.0.1:8080",
        "Intermission 1.0",
        3,
        Duration.ofMillis(-1500));
  }

  @Test
  void eachNodeIsKnownAsItLastReported() {
    store.nodes().report(List.of(node("b", 1), node("a", 0)));
    store.nodes().report(List.of(node("b", 2), node("b", 3)));
    NodeReport moved = new NodeReport("production", "b", 4, "", "", 1, null);
    NodeReport elsewhere = new NodeReport("staging", "b", 9, "", "", 1, null);
    store.nodes().report(List.of(moved, elsewhere));
    store.nodes().report(List.of());

    List<NodeStatus> nodes = store.nodes().nodes("production");
    assertThat(nodes).extracting(NodeStatus::report).containsExactly(node("a", 0), moved);
    assertThat(nodes).extracting(NodeStatus::heartbeat).containsExactly(1L, 3L);
    assertThat(store.nodes().nodes("staging"))
        .extracting(NodeStatus::report)
        .containsExactly(elsewhere);
    assertThat(store.nodes().nodes("mars")).isEmpty();
  }

  @Test
  void countsAreToldOnceToEachThatDoesNotKnowThem() {
    store.nodes().report(List.of(node("a", 1), node("b", 1)));
    ToldCounts old = new ToldCounts("production", "a", 1, "old");
    ToldCounts a = new ToldCounts("production", "a", -2, "{}");
    ToldCounts b = new ToldCounts("production", "b", Long.MAX_VALUE, "b");
    store.nodes().tellCounts(List.of(new ToldCounts("staging", "a", 1, ""), old, b));
    store.nodes().tellCounts(List.of(old, a));
    store.nodes().tellCounts(List.of());
    assertThat(store.nodes().counts("production", Map.of())).containsExactly(a, b);
    assertThat(store.nodes().counts("production", Map.of("a", -2L, "b", 1L, "c", 9L)))
        .containsExactly(b);
    assertThat(store.nodes().counts("production", Map.of("a", -2L, "b", Long.MAX_VALUE))).isEmpty();
  }

  private ToldCounts onlyCounts() {
    List<ToldCounts> counts = store.nodes().counts("production", Map.of());
    assertThat(counts).hasSize(1);
    return counts.get(0);
  }

  /** An admin node may write late what it heard before another one did. */
  @Test
  void newerCountsAreKept() {
    NodeReport a = new NodeReport("production", "a", 1, "", "", 1, null, "first");
    ToldCounts fifth = new ToldCounts("production", "a", 5, "fifth", "first", 5);
    ToldCounts sixth = new ToldCounts("production", "a", 6, "sixth", "first", 6);
    store.nodes().report(List.of(a), List.of(sixth));
    assertThat(store.nodes().nodes("production").get(0).report()).isEqualTo(a);
    store.nodes().tellCounts(List.of(fifth));
    assertThat(onlyCounts()).isEqualTo(sixth);
    ToldCounts seventh = new ToldCounts("production", "a", 7, "seventh", "first", 7);
    store.nodes().tellCounts(List.of(seventh));
    assertThat(onlyCounts()).isEqualTo(seventh);
    ToldCounts anew = new ToldCounts("production", "a", 1, "anew", "second", 1);
    store.nodes().tellCounts(List.of(anew));
    assertThat(onlyCounts()).isEqualTo(anew);
    ToldCounts unknown = new ToldCounts("production", "a", 2, "of an older version");
    store.nodes().tellCounts(List.of(unknown));
    assertThat(onlyCounts()).isEqualTo(unknown);
    store.nodes().tellCounts(List.of(fifth));
    assertThat(onlyCounts()).isEqualTo(fifth);
  }

  @Test
  void countsAreForgottenWithTheirNode() {
    store.nodes().report(List.of(node("a", 1), node("b", 1)));
    store
        .nodes()
        .tellCounts(
            List.of(
                new ToldCounts("production", "a", 1, "a"),
                new ToldCounts("production", "b", 1, "b")));
    store.nodes().remove("production", "a");
    assertThat(store.nodes().counts("production", Map.of()))
        .extracting(ToldCounts::node)
        .containsExactly("b");
    await().atMost(ONE_MINUTE).until(() -> store.nodes().forget(Duration.ZERO) == 1);
    assertThat(store.nodes().counts("production", Map.of())).isEmpty();
  }

  @Test
  void theAgeIsToldByTheClockOfTheDatabase() {
    store.nodes().report(List.of(node("a", 1)));

    NodeStatus first = store.nodes().nodes("production").get(0);
    assertThat(first.age()).isLessThan(HOUR);
    await()
        .atMost(ONE_MINUTE)
        .until(() -> store.nodes().nodes("production").get(0).age().compareTo(first.age()) > 0);
  }

  @Test
  void nodesThatAreLongGoneAreForgotten() {
    store.nodes().report(List.of(node("a", 1), node("b", 1)));

    assertThat(store.nodes().forget(HOUR)).isZero();
    await().atMost(ONE_MINUTE).until(() -> store.nodes().forget(Duration.ZERO) == 2);
    assertThat(store.nodes().nodes("production")).isEmpty();

    store.nodes().report(List.of(node("a", 1)));
    assertThat(store.nodes().nodes("production"))
        .extracting(NodeStatus::heartbeat)
        .containsExactly(1L);
  }

  @Test
  void nodeThatLeftAnEnvironmentIsForgottenThere() {
    NodeReport elsewhere = new NodeReport("staging", "a", 1, "", "", 1, null);
    store.nodes().report(List.of(node("a", 1), node("b", 1), elsewhere));

    store.nodes().remove("production", "a");
    store.nodes().remove("production", "never there");

    assertThat(store.nodes().nodes("production"))
        .extracting(NodeStatus::report)
        .containsExactly(node("b", 1));
    assertThat(store.nodes().nodes("staging"))
        .extracting(NodeStatus::report)
        .containsExactly(elsewhere);
  }

  @Test
  void manyNodesReportToTwoAdminNodesAtOnce() throws InterruptedException {
    reportAtOnce(1_000);
  }

  @Test
  @Tag("slow")
  void tenThousandNodesReportToTwoAdminNodesAtOnce() throws InterruptedException {
    reportAtOnce(10_000);
  }

  private void reportAtOnce(int count) throws InterruptedException {
    List<NodeReport> forward = IntStream.range(0, count).mapToObj(i -> node("n" + i, i)).toList();
    List<NodeReport> backward =
        IntStream.range(0, count).mapToObj(i -> forward.get(count - 1 - i)).toList();
    try (JdbcStore other = open(Clock.systemUTC())) {
      Thread thread =
          new Thread(
              () -> {
                for (int i = 0; i < 3; i++) {
                  other.nodes().report(backward);
                }
              });
      thread.start();
      for (int i = 0; i < 3; i++) {
        store.nodes().report(forward);
      }
      thread.join();
    }

    assertThat(store.nodes().nodes("production"))
        .hasSize(count)
        .allSatisfy(node -> assertThat(node.heartbeat()).isEqualTo(6));
  }
}
