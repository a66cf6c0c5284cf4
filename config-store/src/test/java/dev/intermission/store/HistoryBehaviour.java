package dev.intermission.store;

import static dev.intermission.store.TestCatalog.AUTHOR;
import static dev.intermission.store.TestCatalog.MY_API;
import static dev.intermission.store.TestCatalog.PETSTORE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.intermission.api.MaintenanceSettings;
import dev.intermission.api.ProxyId;
import dev.intermission.api.store.Deployment;
import dev.intermission.api.store.DeploymentRequest;
import dev.intermission.api.store.SavedSettings;
import dev.intermission.api.store.SettingsStore.Update;
import dev.intermission.api.store.UnknownEnvironmentException;
import dev.intermission.api.store.UnknownProxyException;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The records of deployments, as every database must keep them. */
abstract class HistoryBehaviour extends StoreBehaviour {

  private static final MaintenanceSettings DEFAULT = MaintenanceSettings.DEFAULT;
  private static final DeploymentRequest PERSISTENT =
      new DeploymentRequest("production", "release 7", true);

  private List<Long> revisions() {
    return store.history().deployments(MY_API).stream().map(Deployment::revision).toList();
  }

  @Test
  void eachDeploymentIsRecordedTheNewestFirst() {
    Deployment staging =
        store.settings().update(MY_API, CLOSE, List.of(STAGING), AUTHOR).deployments().get(0);
    Deployment production =
        store.settings().update(MY_API, KEEP, List.of(PERSISTENT), AUTHOR).deployments().get(0);
    Deployment undeployed = store.settings().undeploy(MY_API, STAGING, AUTHOR).orElseThrow();

    assertThat(store.history().deployments(MY_API))
        .containsExactly(
            undeployed,
            production,
            staging,
            new Deployment(
                MY_API,
                1,
                "production",
                1,
                true,
                DEFAULT,
                "operator",
                NOW,
                "Deployed at start",
                false));
    assertThat(store.history().deployment(MY_API, 3)).contains(production);
    assertThat(store.history().deployment(MY_API, 5)).isEmpty();
    assertThat(store.history().deployments(PETSTORE)).isEmpty();
  }

  @Test
  void anUnknownProxyHasNoHistory() {
    store.settings().apply(TestCatalog.small().without(MY_API), AUTHOR);

    assertThat(store.history().deployments(MY_API)).isEmpty();
    assertThat(store.history().deployment(MY_API, 1)).isEmpty();
    assertThat(store.history().delete(MY_API, 1, AUTHOR)).isFalse();
    assertThatThrownBy(() -> store.history().rollBack(MY_API, 1, List.of(), AUTHOR))
        .isInstanceOf(UnknownProxyException.class);

    store.settings().apply(TestCatalog.small(), AUTHOR);

    assertThat(revisions()).containsExactly(1L);
  }

  @Test
  void aDeletedRecordIsGoneAndWhatIsInForceStays() {
    store.settings().update(MY_API, CLOSE, List.of(PRODUCTION), AUTHOR);

    assertThat(store.history().delete(MY_API, 2, AUTHOR)).isTrue();
    assertThat(store.history().delete(MY_API, 2, AUTHOR)).isFalse();
    assertThat(revisions()).containsExactly(1L);
    assertThat(store.settings().status(MY_API).get(0).revision()).isEqualTo(2);
    assertThat(store.settings().changesSince("production", 0).deployed().get(0).settings())
        .isEqualTo(CLOSED);
    assertThat(
            store
                .settings()
                .update(MY_API, KEEP, List.of(PRODUCTION), AUTHOR)
                .deployments()
                .get(0)
                .revision())
        .isEqualTo(3);
  }

  @Test
  void rollingBackSavesTheSettingsAgain() {
    store.settings().update(MY_API, CLOSE, List.of(PRODUCTION), AUTHOR);

    assertThat(store.history().rollBack(MY_API, 1, List.of(), AUTHOR))
        .contains(new Update(new SavedSettings(DEFAULT, 3), List.of()));
    assertThat(store.settings().status(MY_API).get(0).redeployRequired()).isTrue();
    assertThat(store.settings().version("production")).isEqualTo(2);
    assertThat(revisions()).containsExactly(2L, 1L);
  }

  @Test
  void rollingBackDeploysWhereItIsAsked() {
    store.settings().update(MY_API, CLOSE, List.of(PRODUCTION), AUTHOR);

    Update update =
        store.history().rollBack(MY_API, 1, List.of(STAGING, PERSISTENT), AUTHOR).orElseThrow();

    assertThat(update.saved()).isEqualTo(new SavedSettings(DEFAULT, 3));
    assertThat(update.deployments())
        .containsExactly(
            new Deployment(
                MY_API,
                3,
                "staging",
                1,
                true,
                DEFAULT,
                "operator",
                NOW,
                DeploymentRequest.DEPLOYED,
                false),
            new Deployment(
                MY_API, 4, "production", 3, true, DEFAULT, "operator", NOW, "release 7", true));
    assertThat(store.settings().changesSince("staging", 0).deployed().get(0).settings())
        .isEqualTo(DEFAULT);
  }

  @Test
  void anUndeploymentCanBeRolledBackTo() {
    store.settings().update(MY_API, CLOSE, List.of(PRODUCTION), AUTHOR);
    store.settings().undeploy(MY_API, PRODUCTION, AUTHOR);
    store.settings().update(MY_API, saved -> DEFAULT, List.of(), AUTHOR);

    assertThat(store.history().rollBack(MY_API, 3, List.of(), AUTHOR).orElseThrow().saved())
        .isEqualTo(new SavedSettings(CLOSED, 4));
  }

  @Test
  void rollingBackToNothingChangesNothing() {
    store.settings().update(MY_API, CLOSE, List.of(), AUTHOR);

    assertThat(store.history().rollBack(MY_API, 9, List.of(PRODUCTION), AUTHOR)).isEmpty();
    assertThatThrownBy(
            () ->
                store.history().rollBack(MY_API, 1, List.of(DeploymentRequest.to("mars")), AUTHOR))
        .isInstanceOf(UnknownEnvironmentException.class);
    assertThatThrownBy(
            () ->
                store
                    .history()
                    .rollBack(new ProxyId("MyProject", "x"), 1, List.of(PRODUCTION), AUTHOR))
        .isInstanceOf(UnknownProxyException.class);
    assertThat(store.settings().settings(MY_API)).contains(new SavedSettings(CLOSED, 2));
    assertThat(store.settings().version("production")).isEqualTo(1);
  }

  @Test
  void theOldestRecordsAreDroppedButNonePersistentOrInForce() {
    try (JdbcStore keepsThree = open(Clock.systemUTC(), new Retention(3, 100))) {
      keepsThree.settings().update(MY_API, KEEP, List.of(PERSISTENT), AUTHOR);
      keepsThree.settings().update(MY_API, CLOSE, List.of(STAGING), AUTHOR);
      for (int i = 0; i < 10; i++) {
        keepsThree.settings().update(MY_API, KEEP, List.of(PRODUCTION), AUTHOR);
      }
      assertThat(revisions()).containsExactly(13L, 12L, 11L, 3L, 2L);

      keepsThree.settings().undeploy(MY_API, STAGING, AUTHOR);
      assertThat(revisions()).containsExactly(14L, 13L, 12L, 2L);
    }
  }

  @Test
  void eachTextComesBackAsFarAsItCanBeStored() {
    DeploymentRequest odd =
        new DeploymentRequest("production", "ünï 漢字 😀 '\" \n a\u0000b \ud800 c", false);

    store.settings().update(MY_API, KEEP, List.of(odd), AUTHOR);

    assertThat(store.history().deployment(MY_API, 2).orElseThrow().description())
        .isEqualTo("ünï 漢字 😀 '\" \n a\uffffb \uffff c");
  }
}
