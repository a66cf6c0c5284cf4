package dev.intermission.store;

import static dev.intermission.store.TestCatalog.AUTHOR;
import static dev.intermission.store.TestCatalog.MY_API;
import static dev.intermission.store.TestCatalog.PETSTORE;
import static dev.intermission.store.TestCatalog.proxy;
import static org.assertj.core.api.Assertions.assertThat;

import dev.intermission.api.AdmissionSalt;
import dev.intermission.api.ApiProxy;
import dev.intermission.api.DeployedProxy;
import dev.intermission.api.Exemptions;
import dev.intermission.api.MaintenanceSettings;
import dev.intermission.api.ProxyId;
import dev.intermission.api.ProxyParts;
import dev.intermission.api.Snapshot;
import dev.intermission.api.SnapshotDelta;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Snapshots and their deltas, as every database must give them. */
abstract class SnapshotBehaviour extends StoreBehaviour {

  @Test
  void aDeltaHoldsOnlyWhatChanged() {
    store.settings().update(PETSTORE, CLOSE, List.of(PRODUCTION), AUTHOR);
    store.settings().update(PETSTORE, KEEP, List.of(STAGING), AUTHOR);

    assertThat(store.settings().changesSince("production", 1))
        .isEqualTo(
            new SnapshotDelta(
                "production",
                1,
                2,
                List.of(new DeployedProxy(proxy(PETSTORE, "/petstore"), 1, CLOSED)),
                List.of()));
  }

  @Test
  void nothingChangedGivesAnEmptyDelta() {
    assertThat(store.settings().changesSince("production", 1))
        .isEqualTo(new SnapshotDelta("production", 1, 1, List.of(), List.of()));
    assertThat(store.settings().changesSince("staging", 0))
        .isEqualTo(new SnapshotDelta("staging", 0, 0, List.of(), List.of()));
    assertThat(store.settings().changesSince("mars", 0))
        .isEqualTo(new SnapshotDelta("mars", 0, 0, List.of(), List.of()));
  }

  @Test
  void aVersionLaterThanTheNewestGivesEverything() {
    store.settings().undeploy(MY_API, PRODUCTION, AUTHOR);
    store.settings().update(PETSTORE, CLOSE, List.of(PRODUCTION), AUTHOR);

    assertThat(store.settings().changesSince("production", 4))
        .isEqualTo(
            new SnapshotDelta(
                "production",
                0,
                3,
                List.of(new DeployedProxy(proxy(PETSTORE, "/petstore"), 1, CLOSED)),
                List.of()));
  }

  @Test
  void anUndeployedProxyIsNamed() {
    store.settings().undeploy(MY_API, PRODUCTION, AUTHOR);

    assertThat(store.settings().changesSince("production", 1))
        .isEqualTo(new SnapshotDelta("production", 1, 2, List.of(), List.of(MY_API)));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2})
  void deltasLeadToWhatIsDeployed(long seed) {
    follow(seed);
  }

  @ParameterizedTest
  @ValueSource(longs = {3, 4, 5, 6, 7})
  @Tag("slow")
  void deltasLeadToWhatIsDeployedInOtherOrders(long seed) {
    follow(seed);
  }

  private void follow(long seed) {
    RandomOperations operations = new RandomOperations(store, seed);
    Map<String, Snapshot> followers = new HashMap<>();
    for (int step = 0; step < 150; step++) {
      operations.next();
      for (String environment : RandomOperations.ENVIRONMENTS) {
        if (operations.random.nextInt(3) == 0) {
          Snapshot before = followers.getOrDefault(environment, Snapshot.empty(environment));
          SnapshotDelta delta = store.settings().changesSince(environment, before.version());
          Snapshot after =
              (delta.fromVersion() == 0 ? Snapshot.empty(environment) : before).plus(delta);
          followers.put(environment, after);
          assertThat(after)
              .as("seed %d, step %d", seed, step)
              .isEqualTo(
                  Snapshot.empty(environment).plus(store.settings().changesSince(environment, 0)));
          assertThat(settings(after))
              .as("seed %d, step %d", seed, step)
              .isEqualTo(operations.expected(environment));
        }
      }
    }
  }

  private static Map<ApiProxy, MaintenanceSettings> settings(Snapshot snapshot) {
    Map<ApiProxy, MaintenanceSettings> settings = new HashMap<>();
    snapshot.proxies().values().forEach(p -> settings.put(p.proxy(), p.settings()));
    return settings;
  }

  /** Whoever knows the salt can tell which clients are admitted, so it goes where it is needed. */
  @Test
  void saltOfAdmissionIsTheSameForAllThatAdmitAShareAndNowhereElse() {
    Exemptions share = new Exemptions(List.of(), List.of(), List.of(), 10, null);
    for (ProxyId id : List.of(MY_API, PETSTORE)) {
      store
          .settings()
          .update(id, saved -> CLOSED.withExemptions(share), List.of(PRODUCTION, STAGING), AUTHOR);
    }
    AdmissionSalt salt = salt("production", MY_API);
    assertThat(salt)
        .isEqualTo(store.settings().admissionSalt())
        .isNotEqualTo(new AdmissionSalt(0, 0));
    assertThat(salt("production", PETSTORE)).isEqualTo(salt);
    assertThat(salt("staging", PETSTORE)).isEqualTo(salt);
    assertThat(store.settings().parts(MY_API)).contains(ProxyParts.NONE);
    store
        .settings()
        .update(
            MY_API,
            saved -> CLOSED.withExemptions(share.withAdmitPercent(20)),
            List.of(PRODUCTION),
            AUTHOR);
    assertThat(salt("production", MY_API)).isEqualTo(salt);
    store.settings().update(MY_API, CLOSE, List.of(PRODUCTION), AUTHOR);
    assertThat(salt("production", MY_API)).isNull();
  }

  private @Nullable AdmissionSalt salt(String environment, ProxyId id) {
    return store.settings().changesSince(environment, 0).deployed().stream()
        .filter(proxy -> proxy.id().equals(id))
        .findFirst()
        .orElseThrow()
        .parts()
        .admissionSalt();
  }
}
