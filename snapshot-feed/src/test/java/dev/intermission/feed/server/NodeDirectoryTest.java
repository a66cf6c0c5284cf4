package dev.intermission.feed.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.intermission.api.store.NodeReport;
import dev.intermission.api.store.NodeStatus;
import dev.intermission.feed.server.NodeDirectory.News;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class NodeDirectoryTest {

  private static final Duration LONG_AGO = Duration.ofSeconds(40);

  private final NodeDirectory nodes = new NodeDirectory();

  private static NodeReport report(long version) {
    return new NodeReport("production", "node-1", version, "127.0.0.1", "Intermission", 1, null);
  }

  private static NodeStatus told(long version, long heartbeat, Duration age) {
    return new NodeStatus(report(version), heartbeat, age);
  }

  private void learn(NodeStatus... told) {
    nodes.learn("production", List.of(told));
  }

  private NodeView only() {
    assertThat(nodes.views("production")).hasSize(1);
    return nodes.views("production").get(0);
  }

  @Test
  void nodeThatReportsLives() {
    assertThat(nodes.report(report(3))).isEqualTo(News.VERSION);
    assertThat(nodes.report(report(3))).isEqualTo(News.NONE);
    assertThat(nodes.report(report(4))).isEqualTo(News.VERSION);
    assertThat(nodes.report(report(3))).isEqualTo(News.GOES_BACK);
    assertThat(nodes.report(report(4))).isEqualTo(News.VERSION);
    assertThat(nodes.report(report(0))).isEqualTo(News.GOES_BACK);
    nodes.report(report(4));
    assertThat(only().live()).isTrue();
    assertThat(only().servedVersion()).isEqualTo(4);
    assertThat(nodes.takeUntold()).containsExactly(report(4));
    assertThat(nodes.takeUntold()).isEmpty();
  }

  @Test
  void nodeOfAnotherAdminNodeLivesIfItReportedLately() {
    learn(told(3, 7, Duration.ofSeconds(1)));
    assertThat(only().live()).isTrue();
    assertThat(nodes.takeUntold()).isEmpty();
  }

  @Test
  void nodeThatWasSilentForLongIsNotLiveUntilItsHeartbeatGoesOn() {
    learn(told(3, 7, LONG_AGO));
    assertThat(only().live()).isFalse();
    learn(told(3, 7, Duration.ZERO));
    assertThat(only().live()).as("a clock that was set back revives no node").isFalse();
    learn(told(4, 8, LONG_AGO));
    assertThat(only().live()).as("a clock that was set forward kills no node").isTrue();
    assertThat(only().servedVersion()).isEqualTo(4);
  }

  @Test
  void whatANodeReportsHereIsNotReplacedByWhatOthersKnewBefore() {
    nodes.report(report(5));
    learn(told(4, 8, Duration.ofSeconds(1)));
    assertThat(only().servedVersion()).isEqualTo(5);
  }

  @Test
  void nodeThatLeftThroughAnotherAdminNodeIsForgotten() {
    learn(told(3, 7, Duration.ofSeconds(1)));
    learn();
    assertThat(nodes.views("production")).isEmpty();
  }

  @Test
  void nodeThatReportsHereIsKeptBeforeTheOthersKnowOfIt() {
    nodes.report(report(5));
    nodes.attach("production", "here", "run");
    learn();
    assertThat(nodes.views("production"))
        .extracting(NodeView::name)
        .containsExactly("here", "node-1");
  }

  @Test
  void nodeThatReportedHereAndLeftElsewhereIsForgotten() {
    nodes.report(report(5));
    nodes.takeUntold();
    learn(told(5, 1, Duration.ZERO));
    assertThat(only().live()).isTrue();
    learn();
    assertThat(nodes.views("production")).isEmpty();
  }

  private static NodeReport ofRun(String run) {
    return new NodeReport("production", "node-1", 3, "127.0.0.1", "Intermission", 1, null, run);
  }

  private boolean isRun(@Nullable String run) {
    return nodes.isRun("production", "node-1", run);
  }

  @Test
  void presentProcessIsTheOneThatReportedLast() {
    nodes.report(ofRun("first"));
    assertThat(isRun("first")).isTrue();
    assertThat(isRun("second")).isFalse();
    assertThat(isRun(null)).as("of a node that does not tell").isTrue();
    nodes.report(ofRun("second"));
    assertThat(isRun("first")).isFalse();
    assertThat(isRun("second")).isTrue();
    nodes.report(report(3));
    assertThat(isRun("first")).isTrue();
  }

  /** It may have been started again and follow another admin node now, or be there twice. */
  @Test
  void noProcessIsThePresentOneWhileAnotherReportsElsewhere() {
    nodes.report(ofRun("first"));
    learn(new NodeStatus(ofRun("second"), 1, Duration.ZERO));
    assertThat(isRun("first")).isFalse();
    assertThat(isRun("second")).isFalse();
    assertThat(nodes.isOtherRun("production", "node-1", "second")).isFalse();
    learn(new NodeStatus(ofRun("first"), 2, Duration.ZERO));
    assertThat(isRun("first")).isTrue();
    assertThat(nodes.isOtherRun("production", "node-1", "second")).isTrue();
  }

  @Test
  void nodeThatLeavesIsNotToldOf() {
    nodes.report(report(5));
    nodes.remove("production", "node-1");
    assertThat(nodes.takeUntold()).isEmpty();
    assertThat(nodes.views("production")).isEmpty();
  }

  /** Otherwise other admin nodes would take it for stale as long as nothing is deployed. */
  @Test
  void nodeInThisProcessIsToldOfAgainAndAgain() {
    NodeDirectory often = new NodeDirectory(Duration.ZERO);
    often.attach("production", "here", "run");
    often.report(report(5));
    assertThat(often.takeUntold()).hasSize(2);
    assertThat(often.takeUntold()).extracting(NodeReport::name).containsExactly("here");
    often.remove("production", "here");
    assertThat(often.takeUntold()).isEmpty();

    nodes.attach("production", "here", "run");
    assertThat(nodes.takeUntold()).hasSize(1);
    assertThat(nodes.takeUntold()).isEmpty();
  }

  @Test
  void nodeInThisProcessLivesUntilItLeaves() {
    nodes.attach("production", "here", "run");
    assertThat(only().live()).isTrue();
    assertThat(only().servedVersion()).isZero();
    nodes.remove("production", "here");
    assertThat(nodes.views("production")).isEmpty();
  }
}
