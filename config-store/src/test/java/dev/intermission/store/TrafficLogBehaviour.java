package dev.intermission.store;

import static dev.intermission.store.TestCatalog.AUTHOR;
import static dev.intermission.store.TestCatalog.MY_API;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.intermission.api.DeployedProxy;
import dev.intermission.api.ProxyId;
import dev.intermission.api.ProxyParts;
import dev.intermission.api.store.AuditAction;
import dev.intermission.api.store.AuditEntry;
import dev.intermission.api.store.DeploymentStatus;
import dev.intermission.api.store.SavedTrafficLog;
import dev.intermission.api.store.SettingsStore.TrafficLogUpdate;
import dev.intermission.api.store.TrafficLogChange;
import dev.intermission.api.store.UnknownEnvironmentException;
import dev.intermission.api.store.UnknownProxyException;
import dev.intermission.api.trafficlog.HashSalt;
import dev.intermission.api.trafficlog.TrafficLogSettings;
import dev.intermission.json.TrafficLogJson;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The traffic log's settings of a proxy and an environment, as every database must keep them. */
abstract class TrafficLogBehaviour extends StoreBehaviour {

  private static final TrafficLogSettings TO_FILE =
      TrafficLogJson.read("{\"connectorSettingsMap\":{\"file\":{\"enabled\":true}}}");
  private static final TrafficLogSettings HASHED =
      TrafficLogJson.read(
          """
          {"connectorSettingsMap":{"file":{"enabled":true,
            "privacyDefinitionList":[{"elementName":"naïve","operation":"HASH"}]}}}
          """);

  private TrafficLogUpdate save(TrafficLogSettings settings, String... environments) {
    return store
        .settings()
        .updateTrafficLogs(MY_API, Set.of(environments), (name, saved) -> settings, AUTHOR);
  }

  private ProxyParts served(String environment) {
    return store.settings().changesSince(environment, 0).deployed().stream()
        .filter(proxy -> proxy.id().equals(MY_API))
        .map(DeployedProxy::parts)
        .findFirst()
        .orElseThrow();
  }

  private static @Nullable TrafficLogSettings log(ProxyParts parts) {
    return parts.trafficLog();
  }

  @Test
  void itIsServedInItsEnvironmentAloneAndNothingElseChanges() {
    store.settings().update(MY_API, KEEP, List.of(PRODUCTION, STAGING), AUTHOR);
    store.settings().update(MY_API, CLOSE, List.of(), AUTHOR);
    long production = store.settings().version("production");
    long staging = store.settings().version("staging");
    List<DeploymentStatus> status = store.settings().status(MY_API);
    assertThat(store.settings().trafficLogs(MY_API)).isEmpty();

    TrafficLogUpdate update = save(TO_FILE, "production");

    assertThat(update.versions()).isEqualTo(Map.of("production", production + 1));
    assertThat(update.saved()).isEqualTo(Map.of("production", new SavedTrafficLog(TO_FILE, 1)));
    assertThat(store.settings().trafficLogs(MY_API)).isEqualTo(update.saved());
    assertThat(store.settings().changesSince("production", production).deployed())
        .extracting(proxy -> log(proxy.parts()))
        .containsExactly(TO_FILE);
    assertThat(log(served("production"))).isEqualTo(TO_FILE);
    assertThat(log(served("staging"))).isNull();
    assertThat(store.settings().version("staging")).isEqualTo(staging);
    assertThat(store.settings().parts(MY_API)).contains(ProxyParts.NONE);
    assertThat(store.settings().settings(MY_API).orElseThrow().settings()).isEqualTo(CLOSED);
    assertThat(store.settings().status(MY_API))
        .extracting(DeploymentStatus::redeployRequired, DeploymentStatus::revision)
        .containsExactlyElementsOf(
            status.stream().map(one -> tuple(one.redeployRequired(), one.revision())).toList());
  }

  @Test
  void whatIsSavedWhereNothingIsDeployedIsServedWithTheNextDeployment() {
    assertThat(save(TO_FILE, "staging").versions()).isEmpty();
    store.settings().update(MY_API, KEEP, List.of(STAGING), AUTHOR);
    assertThat(log(served("staging"))).isEqualTo(TO_FILE);
    store.settings().undeploy(MY_API, STAGING, AUTHOR);
    assertThat(save(HASHED, "staging").versions()).isEmpty();
    store.settings().update(MY_API, KEEP, List.of(STAGING), AUTHOR);
    assertThat(log(served("staging"))).isEqualTo(HASHED);
  }

  @Test
  void aSaltIsServedWhereSomethingIsHashedAndIsTheSameAfterARestart() {
    save(TO_FILE, "production");
    assertThat(served("production").hashSalt()).isNull();
    save(HASHED, "production");
    HashSalt salt = Objects.requireNonNull(served("production").hashSalt());
    assertThat(salt.bytes()).hasSize(32);
    try (JdbcStore again = open(Clock.systemUTC())) {
      assertThat(again.settings().changesSince("production", 0).deployed().get(0).parts())
          .isEqualTo(served("production"));
      assertThat(again.settings().trafficLogs(MY_API))
          .isEqualTo(Map.of("production", new SavedTrafficLog(HASHED, 2)));
    }
  }

  @Test
  void eachChangeIsInTheAuditWithWhatWasBefore() {
    save(TO_FILE, "production");
    save(HASHED, "production", "staging");
    assertThat(store.audit().entries(MY_API, 3))
        .extracting(AuditEntry::action, AuditEntry::environment, AuditEntry::trafficLog)
        .containsExactly(
            tuple(AuditAction.TRAFFIC_LOG_CHANGED, "staging", new TrafficLogChange(null, HASHED)),
            tuple(
                AuditAction.TRAFFIC_LOG_CHANGED,
                "production",
                new TrafficLogChange(TO_FILE, HASHED)),
            tuple(
                AuditAction.TRAFFIC_LOG_CHANGED,
                "production",
                new TrafficLogChange(null, TO_FILE)));
  }

  @Test
  void whatChangesNothingOrIsRefusedMakesNoVersion() {
    TrafficLogUpdate first = save(TrafficLogSettings.DEFAULT, "production");
    assertThat(first.saved().get("production"))
        .isEqualTo(new SavedTrafficLog(TrafficLogSettings.DEFAULT, 1));
    long version = store.settings().version("production");
    assertThat(save(TrafficLogSettings.DEFAULT, "production").versions()).isEmpty();
    assertThatThrownBy(() -> save(TO_FILE, "production", "unknown"))
        .isInstanceOf(UnknownEnvironmentException.class);
    assertThatThrownBy(
            () ->
                store
                    .settings()
                    .updateTrafficLogs(
                        MY_API,
                        Set.of("production", "staging"),
                        (name, saved) -> {
                          if (name.equals("staging")) {
                            throw new IllegalStateException("not these settings");
                          }
                          return TO_FILE;
                        },
                        AUTHOR))
        .hasMessage("not these settings");
    ProxyId unknown = new ProxyId("MyProject", "unknown");
    assertThatThrownBy(
            () ->
                store
                    .settings()
                    .updateTrafficLogs(unknown, Set.of(), (name, saved) -> TO_FILE, AUTHOR))
        .isInstanceOf(UnknownProxyException.class);
    assertThat(store.settings().trafficLogs(unknown)).isEmpty();
    assertThat(store.settings().version("production")).isEqualTo(version);
    assertThat(store.settings().trafficLogs(MY_API))
        .isEqualTo(Map.of("production", new SavedTrafficLog(TrafficLogSettings.DEFAULT, 1)));
  }

  @Test
  void itComesBackWithAProxyThatWasGone() {
    save(TO_FILE, "production");
    store.settings().apply(TestCatalog.small().without(MY_API), AUTHOR);
    assertThat(store.settings().trafficLogs(MY_API)).isEmpty();
    assertThatThrownBy(() -> save(HASHED, "production")).isInstanceOf(UnknownProxyException.class);
    store.settings().apply(TestCatalog.small(), AUTHOR);
    assertThat(store.settings().trafficLogs(MY_API).get("production"))
        .isEqualTo(new SavedTrafficLog(TO_FILE, 1));
    assertThat(log(served("production"))).isEqualTo(TO_FILE);
  }
}
