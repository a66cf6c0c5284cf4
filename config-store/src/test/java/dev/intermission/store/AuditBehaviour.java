package dev.intermission.store;

import static dev.intermission.store.TestCatalog.AUTHOR;
import static dev.intermission.store.TestCatalog.MY_API;
import static dev.intermission.store.TestCatalog.PETSTORE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.intermission.api.MaintenanceSettings;
import dev.intermission.api.store.AccessToken;
import dev.intermission.api.store.AuditAction;
import dev.intermission.api.store.AuditEntry;
import dev.intermission.api.store.Author;
import dev.intermission.api.store.DeploymentRequest;
import dev.intermission.api.store.UnknownEnvironmentException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The audit log, as every database must keep it. */
abstract class AuditBehaviour extends StoreBehaviour {

  private static final MaintenanceSettings DEFAULT = MaintenanceSettings.DEFAULT;
  private static final Author ANNA = new Author("anna", "2001:db8::1", "c-4711");

  private static void assertThatNewest(List<AuditEntry> entries, AuditEntry... expected) {
    assertThat(entries)
        .usingRecursiveFieldByFieldElementComparatorIgnoringFields("id")
        .containsExactly(expected);
    assertThat(entries)
        .extracting(AuditEntry::id)
        .isSortedAccordingTo((one, next) -> Long.compare(next, one))
        .doesNotHaveDuplicates();
  }

  private static AuditEntry deployed(
      String environment, long revision, MaintenanceSettings before, MaintenanceSettings after) {
    return new AuditEntry(
        0,
        NOW,
        ANNA,
        AuditAction.DEPLOYED,
        MY_API,
        environment,
        revision,
        DeploymentRequest.DEPLOYED,
        before,
        after);
  }

  private static AuditEntry about(
      AuditAction action,
      @Nullable Long revision,
      MaintenanceSettings before,
      MaintenanceSettings after) {
    return new AuditEntry(0, NOW, ANNA, action, MY_API, null, revision, "", before, after);
  }

  private static AuditEntry about(AuditAction action, String detail) {
    return new AuditEntry(0, NOW, ANNA, action, null, null, null, detail, null, null);
  }

  @Test
  void aCatalogIsNoted() {
    store.settings().apply(TestCatalog.small().without(MY_API), ANNA);

    assertThatNewest(
        store.audit().entries(1),
        about(
            AuditAction.CATALOG_APPLIED,
            "1 API proxies, 1 changed or gone; new versions in [production]"));
  }

  @Test
  void anUpdateIsNotedWithWhatWasBeforeAndAfter() {
    store.settings().update(MY_API, CLOSE, List.of(STAGING, PRODUCTION), ANNA);

    AuditEntry saved = about(AuditAction.SETTINGS_CHANGED, null, DEFAULT, CLOSED);
    AuditEntry staging =
        new AuditEntry(
            0,
            NOW,
            ANNA,
            AuditAction.DEPLOYED,
            MY_API,
            "staging",
            2L,
            DeploymentRequest.DEPLOYED,
            null,
            CLOSED);
    AuditEntry production = deployed("production", 3, DEFAULT, CLOSED);
    assertThatNewest(store.audit().entries(MY_API, 10), production, staging, saved);
    assertThatNewest(store.audit().entries(MY_API, 2), production, staging);
    assertThat(store.audit().entries(PETSTORE, 10)).isEmpty();
    assertThat(store.audit().entries(10)).hasSize(4);
  }

  @Test
  void whatChangesNothingIsNotNoted() {
    store.settings().update(MY_API, KEEP, List.of(), ANNA);
    store.settings().undeploy(MY_API, STAGING, ANNA);
    store.history().delete(MY_API, 9, ANNA);
    store.history().rollBack(MY_API, 9, List.of(PRODUCTION), ANNA);
    store.tokens().revoke("none", NOW, ANNA);
    assertThatThrownBy(
            () ->
                store.settings().update(MY_API, CLOSE, List.of(DeploymentRequest.to("mars")), ANNA))
        .isInstanceOf(UnknownEnvironmentException.class);

    assertThat(store.audit().entries(10))
        .extracting(AuditEntry::action)
        .containsExactly(AuditAction.CATALOG_APPLIED);
  }

  @Test
  void anUndeploymentIsNoted() {
    store.settings().undeploy(MY_API, new DeploymentRequest("production", "out", false), ANNA);

    assertThatNewest(
        store.audit().entries(MY_API, 1),
        new AuditEntry(
            0, NOW, ANNA, AuditAction.UNDEPLOYED, MY_API, "production", 2L, "out", DEFAULT, null));
  }

  @Test
  void aRollbackIsNotedAsOne() {
    store.settings().update(MY_API, CLOSE, List.of(PRODUCTION), AUTHOR);

    store.history().rollBack(MY_API, 1, List.of(PRODUCTION), ANNA);

    assertThatNewest(
        store.audit().entries(MY_API, 2),
        deployed("production", 3, CLOSED, DEFAULT),
        about(AuditAction.ROLLED_BACK, 1L, CLOSED, DEFAULT));
  }

  @Test
  void aDeletedRecordIsNotedWithItsSettings() {
    store.history().delete(MY_API, 1, ANNA);

    assertThatNewest(
        store.audit().entries(MY_API, 1),
        new AuditEntry(
            0,
            NOW,
            ANNA,
            AuditAction.HISTORY_DELETED,
            MY_API,
            "production",
            1L,
            "Deployed at start",
            DEFAULT,
            null));
  }

  @Test
  void tokensAreNotedByTheirIdsAlone() {
    store.tokens().save(new AccessToken("t1", "operator", "aa", NOW, null, null), ANNA);
    store
        .tokens()
        .save(
            new AccessToken("t2", "operator", "bb", NOW, NOW.plus(Duration.ofDays(1)), null), ANNA);
    store.tokens().revoke("t1", NOW, ANNA);

    assertThatNewest(
        store.audit().entries(3),
        about(AuditAction.TOKEN_REVOKED, "token t1"),
        about(AuditAction.TOKEN_CREATED, "token t2 of operator, expires 2026-07-02T10:00:00.123Z"),
        about(AuditAction.TOKEN_CREATED, "token t1 of operator, expires never"));
  }

  @Test
  void theOldestEntriesAreDropped() {
    try (JdbcStore keepsFive = open(Clock.systemUTC(), new Retention(100, 5))) {
      for (int i = 0; i < 210; i++) {
        keepsFive.history().rollBack(MY_API, 1, List.of(), ANNA);
      }
      assertThat(keepsFive.audit().entries(1_000)).hasSizeBetween(5, 105);
    }
  }
}
