package dev.intermission.store;

import static dev.intermission.store.TestCatalog.AUTHOR;
import static dev.intermission.store.TestCatalog.MY_API;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.intermission.api.ProxyId;
import dev.intermission.api.store.AuditEntry;
import dev.intermission.api.store.Deployment;
import dev.intermission.api.store.DeploymentRequest;
import dev.intermission.api.store.DeploymentStatus;
import dev.intermission.api.store.ProxyChanges;
import dev.intermission.api.store.SavedSettings;
import dev.intermission.api.store.SettingsStore;
import dev.intermission.api.store.Trial;
import dev.intermission.api.store.UnknownEnvironmentException;
import dev.intermission.api.store.UnknownProxyException;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Changes that are tried out, as no database may keep them. */
abstract class TrialBehaviour extends StoreBehaviour {

  /** All that a change of the proxy can leave behind. */
  private record Kept(
      Optional<SavedSettings> saved,
      List<DeploymentStatus> statuses,
      List<Deployment> history,
      List<AuditEntry> audit,
      long production,
      long staging) {}

  private Kept kept() {
    SettingsStore settings = store.settings();
    return new Kept(
        settings.settings(MY_API),
        settings.status(MY_API),
        store.history().deployments(MY_API),
        store.audit().entries(1000),
        settings.version("production"),
        settings.version("staging"));
  }

  /** Asserts that a trial tells of the change that is then made, and keeps nothing. */
  private <T> void assertForetold(Function<ProxyChanges, T> tried, Function<JdbcStore, T> made) {
    Kept before = kept();
    Trial<T> trial = store.settings().tryOut(MY_API, tried);
    assertThat(kept()).isEqualTo(before);
    assertThat(trial.before().saved()).isEqualTo(before.saved().orElseThrow());
    assertThat(trial.before().deployed()).isEqualTo(before.statuses());

    assertThat(made.apply(store)).isEqualTo(trial.outcome());
    assertThat(trial.after().saved()).isEqualTo(kept().saved().orElseThrow());
    assertThat(trial.after().deployed()).isEqualTo(kept().statuses());
  }

  @Test
  void whatAnUpdateWouldDoIsToldAndNotKept() {
    List<DeploymentRequest> both = List.of(PRODUCTION, STAGING);
    assertForetold(
        changes -> changes.update(MY_API, CLOSE, both, AUTHOR),
        real -> real.settings().update(MY_API, CLOSE, both, AUTHOR));
    assertForetold(
        changes -> changes.update(MY_API, KEEP, List.of(), AUTHOR),
        real -> real.settings().update(MY_API, KEEP, List.of(), AUTHOR));
  }

  @Test
  void whatAnUndeploymentWouldDoIsToldAndNotKept() {
    assertForetold(
        changes -> changes.undeploy(MY_API, PRODUCTION, saved -> {}, AUTHOR),
        real -> real.settings().undeploy(MY_API, PRODUCTION, AUTHOR));
    assertForetold(
        changes -> changes.undeploy(MY_API, PRODUCTION, saved -> {}, AUTHOR),
        real -> real.settings().undeploy(MY_API, PRODUCTION, AUTHOR));
  }

  @Test
  void whatARollbackWouldDoIsToldAndNotKept() {
    store.settings().update(MY_API, CLOSE, List.of(PRODUCTION), AUTHOR);
    assertForetold(
        changes -> changes.rollBack(MY_API, 1, List.of(STAGING), saved -> {}, AUTHOR),
        real -> real.history().rollBack(MY_API, 1, List.of(STAGING), saved -> {}, AUTHOR));
  }

  @Test
  void aTrialIsRefusedLikeTheChange() {
    Kept before = kept();
    DeploymentRequest nowhere = DeploymentRequest.to("nowhere");
    assertThatThrownBy(
            () ->
                store
                    .settings()
                    .tryOut(
                        MY_API, changes -> changes.update(MY_API, CLOSE, List.of(nowhere), AUTHOR)))
        .isInstanceOf(UnknownEnvironmentException.class);
    ProxyId unknown = new ProxyId("MyProject", "unknown");
    assertThatThrownBy(
            () ->
                store
                    .settings()
                    .tryOut(unknown, changes -> changes.update(unknown, CLOSE, List.of(), AUTHOR)))
        .isInstanceOf(UnknownProxyException.class);
    IllegalStateException own = new IllegalStateException("refused");
    assertThatThrownBy(
            () ->
                store
                    .settings()
                    .tryOut(
                        MY_API,
                        changes ->
                            changes.update(
                                MY_API,
                                saved -> {
                                  throw own;
                                },
                                List.of(),
                                AUTHOR)))
        .isSameAs(own);
    assertThat(kept()).isEqualTo(before);
  }

  @Test
  void workWithoutAChangeIsAnError() {
    assertThatThrownBy(() -> store.settings().tryOut(MY_API, changes -> "nothing"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("made no change");
  }
}
