package dev.intermission.store;

import static dev.intermission.store.TestCatalog.AUTHOR;
import static dev.intermission.store.TestCatalog.MY_API;
import static dev.intermission.store.TestCatalog.PETSTORE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.intermission.api.BypassToken;
import dev.intermission.api.DeployedProxy;
import dev.intermission.api.ProxyId;
import dev.intermission.api.ProxyParts;
import dev.intermission.api.store.AuditAction;
import dev.intermission.api.store.AuditEntry;
import dev.intermission.api.store.DeploymentStatus;
import dev.intermission.api.store.UnknownProxyException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What snapshots carry beside deployments, as every database must keep it. */
abstract class PartsBehaviour extends StoreBehaviour {

  private static final BypassToken TOKEN = token("7f", Duration.ofHours(1));
  private static final ProxyParts PARTS = new ProxyParts(List.of(TOKEN));

  private static BypassToken token(String id, Duration lifetime) {
    return new BypassToken(id, "for testers", "a".repeat(64), "admin", NOW, NOW.plus(lifetime));
  }

  private Map<String, Long> change(ProxyParts parts) {
    return store.settings().updateParts(MY_API, before -> parts, saved -> {}, AUTHOR);
  }

  private DeployedProxy served(String environment) {
    return store.settings().changesSince(environment, 0).deployed().stream()
        .filter(proxy -> proxy.id().equals(MY_API))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void partsAreServedWhereTheProxyIsDeployedAndSavedSettingsAreNot() {
    store.settings().update(MY_API, KEEP, List.of(PRODUCTION, STAGING), AUTHOR);
    store.settings().update(MY_API, CLOSE, List.of(), AUTHOR);
    long production = store.settings().version("production");
    long staging = store.settings().version("staging");
    DeployedProxy before = served("production");
    List<DeploymentStatus> status = store.settings().status(MY_API);
    assertThat(store.settings().parts(MY_API)).contains(ProxyParts.NONE);

    assertThat(change(PARTS))
        .isEqualTo(Map.of("production", production + 1, "staging", staging + 1));

    assertThat(store.settings().parts(MY_API)).contains(PARTS);
    DeployedProxy with =
        new DeployedProxy(before.proxy(), before.revision(), before.settings(), PARTS);
    assertThat(store.settings().changesSince("production", production).deployed())
        .containsExactly(with);
    assertThat(served("production")).isEqualTo(with);
    assertThat(served("staging").parts()).isEqualTo(PARTS);
    assertThat(store.settings().settings(MY_API).orElseThrow().settings()).isEqualTo(CLOSED);
    assertThat(store.settings().status(MY_API))
        .extracting(DeploymentStatus::redeployRequired, DeploymentStatus::revision)
        .containsExactlyElementsOf(
            status.stream().map(one -> tuple(one.redeployRequired(), one.revision())).toList());
  }

  @Test
  void deploymentsAndRollbacksLeavePartsAlone() {
    change(PARTS);
    store.settings().update(MY_API, CLOSE, List.of(PRODUCTION), AUTHOR);
    assertThat(served("production").parts()).isEqualTo(PARTS);
    assertThat(store.history().deployments(MY_API)).hasSize(2);
    store.history().rollBack(MY_API, 1, List.of(PRODUCTION), saved -> {}, AUTHOR);
    assertThat(served("production").parts()).isEqualTo(PARTS);
    store.settings().undeploy(MY_API, PRODUCTION, AUTHOR);
    assertThat(change(ProxyParts.NONE)).isEmpty();
    assertThat(change(PARTS)).isEmpty();
    store.settings().update(MY_API, KEEP, List.of(PRODUCTION), AUTHOR);
    assertThat(served("production").parts()).isEqualTo(PARTS);
  }

  @Test
  void tokensThatAreMadeAndRevokedAreInTheAuditAndExpiredOnesAreNot() {
    BypassToken expired = token("0e", Duration.ZERO);
    change(new ProxyParts(List.of(expired, TOKEN)));
    change(ProxyParts.NONE);
    assertThat(store.audit().entries(MY_API, 3))
        .extracting(AuditEntry::action, AuditEntry::detail)
        .containsExactly(
            tuple(AuditAction.BYPASS_TOKEN_REVOKED, "bypass token 7f: for testers"),
            tuple(
                AuditAction.BYPASS_TOKEN_CREATED,
                "bypass token 7f, expires " + TOKEN.expires() + ": for testers"),
            tuple(
                AuditAction.BYPASS_TOKEN_CREATED,
                "bypass token 0e, expires " + expired.expires() + ": for testers"));
  }

  @Test
  void whatChangesNothingOrIsRefusedMakesNoVersion() {
    change(PARTS);
    long version = store.settings().version("production");
    assertThat(change(PARTS)).isEmpty();
    assertThatThrownBy(
            () ->
                store
                    .settings()
                    .updateParts(
                        MY_API,
                        before -> ProxyParts.NONE,
                        saved -> {
                          throw new IllegalStateException("not these settings");
                        },
                        AUTHOR))
        .hasMessage("not these settings");
    ProxyId unknown = new ProxyId("MyProject", "unknown");
    assertThatThrownBy(
            () -> store.settings().updateParts(unknown, before -> PARTS, saved -> {}, AUTHOR))
        .isInstanceOf(UnknownProxyException.class);
    assertThat(store.settings().parts(unknown)).isEmpty();
    assertThat(store.settings().parts(PETSTORE)).contains(ProxyParts.NONE);
    assertThat(store.settings().version("production")).isEqualTo(version);
    assertThat(store.settings().parts(MY_API)).contains(PARTS);
  }

  @Test
  void partsAreThereAfterARestart() {
    change(PARTS);
    try (JdbcStore again = open(Clock.systemUTC())) {
      assertThat(again.settings().parts(MY_API)).contains(PARTS);
    }
  }
}
