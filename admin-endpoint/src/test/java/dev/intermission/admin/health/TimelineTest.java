package dev.intermission.admin.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.intermission.admin.TestCatalog;
import dev.intermission.api.ContentType;
import dev.intermission.api.MaintenanceSettings;
import dev.intermission.api.store.Deployment;
import dev.intermission.api.store.DeploymentStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class TimelineTest {

  private static final Instant NOW = Instant.parse("2026-07-01T10:00:00Z");

  /** Version 2 of production. */
  private static final Deployment FIRST = record(1, "production", 2, true);

  private static final Deployment ELSEWHERE = record(2, "staging", 1, true);

  /** Version 5 of production. */
  private static final Deployment SECOND = record(3, "production", 5, true);

  /** Version 7 of production. */
  private static final Deployment OUT = record(4, "production", 7, false);

  /** Version 9 of production. */
  private static final Deployment THIRD = record(5, "production", 9, true);

  private static Deployment record(
      long revision, String environment, long version, boolean deployed) {
    return new Deployment(
        TestCatalog.MY_API,
        revision,
        environment,
        version,
        deployed,
        settings(revision),
        "operator",
        NOW,
        "",
        false);
  }

  private static MaintenanceSettings settings(long revision) {
    return new MaintenanceSettings(true, 503, ContentType.parse("text/plain"), "r" + revision);
  }

  private static Served serving(Deployment deployment) {
    return new Served(true, deployment.revision(), deployment.settings());
  }

  /** Returns the timeline of production at version 10, where these records are left. */
  private static Timeline after(DeploymentStatus now, Deployment... newestFirst) {
    return new Timeline(now, List.of(newestFirst), 10);
  }

  private static DeploymentStatus deployed(Deployment deployment, long version) {
    return new DeploymentStatus(
        "production", true, NOW, deployment.revision(), false, version, deployment.settings());
  }

  private static DeploymentStatus undeployed(long revision, long version) {
    return new DeploymentStatus("production", false, NOW, revision, false, version, null);
  }

  private static List<Served> at(Timeline timeline, long... versions) {
    return Arrays.stream(versions).mapToObj(timeline::at).toList();
  }

  private static List<Long> current(Timeline timeline) {
    List<Long> current = new ArrayList<>();
    for (long version = 0; version <= 12; version++) {
      if (timeline.isCurrent(version)) {
        current.add(version);
      }
    }
    return current;
  }

  @Test
  void eachVersionHoldsTheNewestDeploymentBeforeIt() {
    Timeline timeline = after(deployed(THIRD, 9), THIRD, OUT, SECOND, ELSEWHERE, FIRST);
    assertThat(at(timeline, 0, 1)).containsOnly(Served.NOTHING);
    assertThat(at(timeline, 2, 3, 4)).containsOnly(serving(FIRST));
    assertThat(at(timeline, 5, 6)).containsOnly(serving(SECOND));
    assertThat(at(timeline, 7, 8)).containsOnly(Served.NOTHING);
    assertThat(at(timeline, 9, 10)).containsOnly(serving(THIRD));
    assertThat(current(timeline)).containsExactly(9L, 10L);
  }

  @Test
  void whatIsUndeployedIsServedNoMore() {
    Timeline timeline = after(undeployed(3, 7), OUT, SECOND, ELSEWHERE, FIRST);
    assertThat(at(timeline, 5, 6)).containsOnly(serving(SECOND));
    assertThat(at(timeline, 7, 10)).containsOnly(Served.NOTHING);
    assertThat(current(timeline)).containsExactly(0L, 1L, 7L, 8L, 9L, 10L);
  }

  @Test
  void whatNeverWasDeployedIsServedByNoVersion() {
    Timeline timeline =
        after(new DeploymentStatus("production", false, null, null, false, 0, null), ELSEWHERE);
    assertThat(at(timeline, 0, 1, 10)).containsOnly(Served.NOTHING);
    assertThat(current(timeline)).hasSize(11);
  }

  @Test
  void aVersionThatTheStoreDoesNotHaveIsNotKnown() {
    Timeline timeline = after(deployed(FIRST, 2), FIRST);
    assertThat(at(timeline, 11, 12)).containsOnly(Served.UNKNOWN);
    assertThat(current(timeline)).doesNotContain(11L, 12L);
  }

  @Test
  void aDeletedRecordLeavesItsVersionsUnknown() {
    Timeline timeline = after(deployed(THIRD, 9), THIRD, OUT, ELSEWHERE, FIRST);
    assertThat(at(timeline, 2, 4, 5, 6)).containsOnly(Served.UNKNOWN);
    assertThat(at(timeline, 1)).containsOnly(Served.NOTHING);
    assertThat(at(timeline, 7, 8)).containsOnly(Served.NOTHING);
  }

  @Test
  void aDeletedRecordOfAnotherEnvironmentMayHaveBeenOfThisOne() {
    Timeline timeline = after(deployed(THIRD, 9), THIRD, OUT, SECOND, FIRST);
    assertThat(at(timeline, 2, 4)).containsOnly(Served.UNKNOWN);
    assertThat(at(timeline, 5, 6)).containsOnly(serving(SECOND));
  }

  @Test
  void aTimelineWhoseStartIsDroppedIsNotKnownThere() {
    Timeline timeline = after(deployed(THIRD, 9), THIRD, OUT, SECOND);
    assertThat(at(timeline, 1, 2, 4)).containsOnly(Served.UNKNOWN);
    assertThat(at(timeline, 0)).containsOnly(Served.NOTHING);
  }

  @Test
  void whatIsInForceIsKnownWithoutItsRecord() {
    Timeline timeline = after(deployed(THIRD, 9), OUT, SECOND, ELSEWHERE, FIRST);
    assertThat(at(timeline, 9, 10)).containsOnly(serving(THIRD));
    assertThat(at(timeline, 5, 6)).containsOnly(serving(SECOND));
    assertThat(at(timeline, 7, 8)).containsOnly(Served.UNKNOWN);
    assertThat(at(after(undeployed(3, 7), SECOND, ELSEWHERE, FIRST), 5, 6))
        .containsOnly(Served.UNKNOWN);
  }

  @Test
  void anOlderDefinitionOfTheSameDeploymentIsNotCurrent() {
    Timeline timeline = after(deployed(SECOND, 8), SECOND, ELSEWHERE, FIRST);
    assertThat(at(timeline, 5, 7, 8, 10)).containsOnly(serving(SECOND));
    assertThat(at(timeline, 4)).containsOnly(serving(FIRST));
    assertThat(current(timeline)).containsExactly(8L, 9L, 10L);
  }
}
