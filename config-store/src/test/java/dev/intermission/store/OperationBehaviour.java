package dev.intermission.store;

import static dev.intermission.store.TestCatalog.AUTHOR;
import static dev.intermission.store.TestCatalog.MY_API;
import static dev.intermission.store.TestCatalog.PETSTORE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.intermission.api.ApiProxy;
import dev.intermission.api.DeployedProxy;
import dev.intermission.api.MaintenanceSettings;
import dev.intermission.api.ProxyId;
import dev.intermission.api.store.AuditAction;
import dev.intermission.api.store.AuditEntry;
import dev.intermission.api.store.Deployment;
import dev.intermission.api.store.DeploymentStatus;
import dev.intermission.api.store.Operation;
import dev.intermission.api.store.OperationRequest;
import dev.intermission.api.store.OperationRequest.Affected;
import dev.intermission.api.store.OperationStore;
import dev.intermission.api.store.Trial;
import dev.intermission.api.store.UnknownEnvironmentException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Many proxies changed at once, and that taken back, as every database must do it. */
abstract class OperationBehaviour extends StoreBehaviour {

  private static final MaintenanceSettings OTHER =
      CLOSED.withResponse(429, CLOSED.contentType(), "Saved and not deployed");
  private static final OperationStore.UndoCheck ANYTHING =
      (operation, changed, restored, traces) -> {};

  private final List<Affected> affected = new ArrayList<>();

  private OperationRequest request(MaintenanceSettings settings, String... environments) {
    return new OperationRequest(
        "Move",
        Set.of("MyProject"),
        proxies -> proxies,
        proxy -> {
          affected.add(proxy);
          return settings;
        },
        Set.of(environments));
  }

  private MaintenanceSettings saved(ProxyId id) {
    return store.settings().settings(id).orElseThrow().settings();
  }

  private static List<ProxyId> ids(Operation operation) {
    return operation.proxies().stream().map(Operation.Changed::id).toList();
  }

  /** Deploys both in both environments, with the one version that each then has. */
  private void deployEverywhere() {
    store.settings().update(MY_API, KEEP, List.of(STAGING), AUTHOR);
    store.settings().update(PETSTORE, KEEP, List.of(PRODUCTION, STAGING), AUTHOR);
  }

  @Test
  void allThatAreSelectedAreChangedAndDeployedWithOneVersion() {
    deployEverywhere();
    long production = store.settings().version("production");
    long staging = store.settings().version("staging");

    Operation operation =
        store.operations().operate(request(CLOSED, "production", "staging"), AUTHOR);

    assertThat(ids(operation)).containsExactly(MY_API, PETSTORE);
    assertThat(store.settings().version("production")).isEqualTo(production + 1);
    assertThat(store.settings().version("staging")).isEqualTo(staging + 1);
    for (ProxyId id : List.of(MY_API, PETSTORE)) {
      assertThat(saved(id)).isEqualTo(CLOSED);
      assertThat(store.settings().status(id))
          .extracting(DeploymentStatus::settings, DeploymentStatus::redeployRequired)
          .containsExactly(tuple(CLOSED, false), tuple(CLOSED, false));
    }
    assertThat(store.settings().changesSince("production", production).deployed()).hasSize(2);
    assertThat(operation.time()).isEqualTo(NOW);
    assertThat(operation.username()).isEqualTo("operator");
    assertThat(store.operations().operation(operation.id())).contains(operation);
    assertThat(operation.proxies().get(0).deployments())
        .containsExactly(
            new Operation.InEnvironment(
                "production", MaintenanceSettings.DEFAULT, 3, production + 1),
            new Operation.InEnvironment("staging", MaintenanceSettings.DEFAULT, 4, staging + 1));
  }

  @Test
  void auditAndHistoryHaveItsId() {
    String id = store.operations().operate(request(CLOSED, "production"), AUTHOR).id();

    assertThat(store.audit().entries(MY_API, 10))
        .extracting(AuditEntry::action, AuditEntry::operation)
        .containsExactly(tuple(AuditAction.DEPLOYED, id), tuple(AuditAction.SETTINGS_CHANGED, id));
    assertThat(store.history().deployments(MY_API))
        .extracting(Deployment::operation, Deployment::description)
        .containsExactly(tuple(id, "Move"), tuple(null, "Deployed at start"));
  }

  @Test
  void aProxyIsDeployedOnlyWhereItIsDeployed() {
    store.settings().update(MY_API, saved -> OTHER, List.of(), AUTHOR);
    Operation operation =
        store.operations().operate(request(CLOSED, "production", "staging"), AUTHOR);

    assertThat(operation.proxies())
        .extracting(changed -> changed.deployments().size())
        .containsExactly(1, 0);
    assertThat(saved(PETSTORE)).isEqualTo(CLOSED);
    assertThat(store.settings().version("staging")).isZero();
    assertThat(affected)
        .extracting(one -> one.proxy().id(), Affected::deployTo, Affected::undeployed)
        .containsExactly(
            tuple(MY_API, List.of("production"), List.of("production")),
            tuple(PETSTORE, List.of(), List.of()));
  }

  /** More than one statement takes. */
  @Test
  void operationOverManyProxiesIsDoneAndTakenBackAsAWhole() {
    NumberedOperations.begin(store);
    long version = store.settings().version("production");
    NumberedOperations.operate(store);
    Operation done = store.operations().operations(project -> true, 1).get(0);
    assertThat(store.settings().version("production")).isEqualTo(version + 1);
    assertThat(store.settings().changesSince("production", version).deployed())
        .hasSize(ids(done).size())
        .extracting(proxy -> proxy.settings().message())
        .containsOnly("1");

    Operation undone = store.operations().undo(done.id(), ANYTHING, AUTHOR).orElseThrow();

    assertThat(ids(undone)).isEqualTo(ids(done)).hasSizeGreaterThan(500);
    assertThat(store.settings().version("production")).isEqualTo(version + 2);
    assertThat(store.settings().changesSince("production", 0).deployed())
        .extracting(DeployedProxy::settings)
        .containsOnly(MaintenanceSettings.DEFAULT);
    assertThat(store.operations().operations(project -> true, 1)).containsExactly(undone);
    List<Trial<Operation.Changed>> tried =
        store.operations().tryOut(request(CLOSED, "production"), AUTHOR);
    assertThat(tried).hasSize(ids(done).size());
    assertThat(store.operations().operations(project -> true, 1)).containsExactly(undone);
  }

  @Test
  void anExceptionLeavesEverythingAsItWas() {
    long change = store.settings().newestChange();
    OperationRequest request =
        new OperationRequest(
            "Move",
            Set.of("MyProject"),
            proxies -> proxies,
            proxy -> {
              if (proxy.proxy().id().equals(PETSTORE)) {
                throw new IllegalArgumentException("not this one");
              }
              return CLOSED;
            },
            Set.of("production"));

    assertThatThrownBy(() -> store.operations().operate(request, AUTHOR))
        .hasMessage("not this one");
    assertThatThrownBy(() -> store.operations().operate(request(CLOSED, "mars"), AUTHOR))
        .isInstanceOf(UnknownEnvironmentException.class);

    assertThat(saved(MY_API)).isEqualTo(MaintenanceSettings.DEFAULT);
    assertThat(store.settings().version("production")).isEqualTo(1);
    assertThat(store.settings().newestChange()).isEqualTo(change);
    assertThat(store.operations().operations(project -> true, 10)).isEmpty();
  }

  @Test
  void aTrialTellsWhatIsDoneThenAndKeepsNothing() {
    deployEverywhere();
    long change = store.settings().newestChange();
    OperationRequest request = request(CLOSED, "production", "staging");

    List<Trial<Operation.Changed>> trials = store.operations().tryOut(request, AUTHOR);

    assertThat(store.settings().newestChange()).isEqualTo(change);
    assertThat(store.operations().operations(project -> true, 10)).isEmpty();
    assertThat(store.audit().entries(10)).noneMatch(entry -> entry.operation() != null);
    Operation made = store.operations().operate(request, AUTHOR);
    assertThat(trials).extracting(Trial::outcome).isEqualTo(made.proxies());
    for (Trial<Operation.Changed> trial : trials) {
      ProxyId id = trial.outcome().id();
      assertThat(trial.before().saved().settings()).isEqualTo(MaintenanceSettings.DEFAULT);
      assertThat(trial.after().saved()).isEqualTo(store.settings().settings(id).orElseThrow());
      assertThat(trial.after().deployed()).isEqualTo(store.settings().status(id));
    }
  }

  @Test
  void aTrialOfAnUndoTellsWhatIsDoneThenAndKeepsNothing() {
    deployEverywhere();
    store.settings().update(MY_API, saved -> OTHER, List.of(), AUTHOR);
    String id = store.operations().operate(request(CLOSED, "production"), AUTHOR).id();
    long change = store.settings().newestChange();

    List<Trial<Operation.Changed>> trials =
        store.operations().tryUndo(id, ANYTHING, AUTHOR).orElseThrow();

    assertThat(store.settings().newestChange()).isEqualTo(change);
    assertThat(store.operations().operation(id).orElseThrow().undoneBy()).isNull();
    assertThat(store.operations().tryUndo("no such id", ANYTHING, AUTHOR)).isEmpty();
    Operation undone = store.operations().undo(id, ANYTHING, AUTHOR).orElseThrow();
    assertThat(trials).extracting(Trial::outcome).isEqualTo(undone.proxies());
    assertThat(trials)
        .extracting(trial -> trial.after().saved().settings())
        .containsExactly(OTHER, MaintenanceSettings.DEFAULT);
  }

  @Test
  void undoRestoresWhatWasSavedAndWhatWasDeployedApart() {
    deployEverywhere();
    store.settings().update(MY_API, saved -> OTHER, List.of(), AUTHOR);
    String id = store.operations().operate(request(CLOSED, "production", "staging"), AUTHOR).id();
    long production = store.settings().version("production");

    Operation undo = store.operations().undo(id, ANYTHING, AUTHOR).orElseThrow();

    assertThat(saved(MY_API)).isEqualTo(OTHER);
    assertThat(saved(PETSTORE)).isEqualTo(MaintenanceSettings.DEFAULT);
    assertThat(store.settings().status(MY_API))
        .extracting(DeploymentStatus::settings, DeploymentStatus::redeployRequired)
        .containsExactly(
            tuple(MaintenanceSettings.DEFAULT, true), tuple(MaintenanceSettings.DEFAULT, true));
    assertThat(store.settings().status(PETSTORE))
        .extracting(DeploymentStatus::redeployRequired)
        .containsExactly(false, false);
    assertThat(store.settings().version("production")).isEqualTo(production + 1);
    assertThat(undo.undoes()).isEqualTo(id);
    assertThat(store.operations().operation(id).orElseThrow().undoneBy()).isEqualTo(undo.id());
    assertThat(store.audit().entries(MY_API, 3))
        .extracting(AuditEntry::operation)
        .containsOnly(undo.id());

    // The undo can be taken back like any other operation.
    store.operations().undo(undo.id(), ANYTHING, AUTHOR);
    assertThat(saved(MY_API)).isEqualTo(CLOSED);
    assertThat(store.settings().status(MY_API))
        .extracting(DeploymentStatus::settings)
        .containsExactly(CLOSED, CLOSED);
  }

  private List<ProxyId> changedSince(String id) {
    List<ProxyId> changed = new ArrayList<>();
    assertThatThrownBy(
            () ->
                store
                    .operations()
                    .undo(
                        id,
                        (operation, since, restored, traces) -> {
                          since.forEach(one -> changed.add(one.id()));
                          throw new IllegalArgumentException("only asked");
                        },
                        AUTHOR))
        .hasMessage("only asked");
    return changed;
  }

  @Test
  void undoIsAskedAboutTheDeploymentsThatItMakesAlone() {
    deployEverywhere();
    String id = store.operations().operate(request(CLOSED, "production", "staging"), AUTHOR).id();
    store.settings().undeploy(MY_API, PRODUCTION, AUTHOR);
    List<Operation.Changed> asked = new ArrayList<>();

    Operation undo =
        store
            .operations()
            .undo(id, (operation, changed, restored, traces) -> asked.addAll(restored), AUTHOR)
            .orElseThrow();

    assertThat(asked)
        .extracting(changed -> changed.id() + " " + environments(changed))
        .containsExactly(MY_API + " [staging]", PETSTORE + " [production, staging]");
    assertThat(undo.proxies())
        .extracting(changed -> changed.id() + " " + environments(changed))
        .containsExactly(MY_API + " [staging]", PETSTORE + " [production, staging]");
  }

  private static List<String> environments(Operation.Changed changed) {
    return changed.deployments().stream().map(Operation.InEnvironment::environment).toList();
  }

  @Test
  void undoIsToldWhatWasChangedSince() {
    deployEverywhere();
    String id = store.operations().operate(request(CLOSED, "production"), AUTHOR).id();
    assertThat(changedSince(id)).isEmpty();

    // Another environment than those of the operation is not its business.
    store.settings().undeploy(PETSTORE, STAGING, AUTHOR);
    assertThat(changedSince(id)).isEmpty();
    store.settings().update(PETSTORE, KEEP, List.of(PRODUCTION), AUTHOR);
    assertThat(changedSince(id)).containsExactly(PETSTORE);
    store.settings().update(MY_API, saved -> OTHER, List.of(), AUTHOR);
    assertThat(changedSince(id)).containsExactly(MY_API, PETSTORE);
    store.settings().apply(TestCatalog.small().without(PETSTORE), AUTHOR);
    assertThat(changedSince(id)).containsExactly(MY_API, PETSTORE);
  }

  @Test
  void undoLeavesWhatIsGoneOrUndeployedAsItIs() {
    deployEverywhere();
    String id = store.operations().operate(request(CLOSED, "production", "staging"), AUTHOR).id();
    store.settings().undeploy(MY_API, PRODUCTION, AUTHOR);
    store.settings().apply(TestCatalog.small().without(PETSTORE), AUTHOR);

    Operation undo = store.operations().undo(id, ANYTHING, AUTHOR).orElseThrow();

    assertThat(ids(undo)).containsExactly(MY_API);
    assertThat(saved(MY_API)).isEqualTo(MaintenanceSettings.DEFAULT);
    assertThat(store.settings().status(MY_API))
        .extracting(DeploymentStatus::deployed, DeploymentStatus::settings)
        .containsExactly(tuple(false, null), tuple(true, MaintenanceSettings.DEFAULT));
  }

  @Test
  void operationsAreListedByProject() {
    ApiProxy other = TestCatalog.proxy(new ProxyId("OtherProject", "x"), "/x");
    store.settings().apply(TestCatalog.small().with(other, Set.of()), AUTHOR);
    String first = store.operations().operate(request(CLOSED, "production"), AUTHOR).id();
    OperationRequest both =
        new OperationRequest(
            "Both",
            Set.of("MyProject", "OtherProject"),
            proxies -> proxies,
            proxy -> CLOSED,
            Set.of("production"));
    String second = store.operations().operate(both, AUTHOR).id();

    assertThat(store.operations().operations(project -> true, 10))
        .extracting(Operation::id)
        .containsExactly(second, first);
    assertThat(store.operations().operations("OtherProject"::equals, 10))
        .extracting(Operation::id)
        .containsExactly(second);
    assertThat(store.operations().operations(project -> true, 1))
        .extracting(Operation::id)
        .containsExactly(second);
    assertThat(store.operations().operation("nothing")).isEmpty();
    assertThat(store.operations().undo("nothing", ANYTHING, AUTHOR)).isEmpty();
    try (JdbcStore again = open(Clock.systemUTC())) {
      assertThat(again.operations().operation(second))
          .isEqualTo(store.operations().operation(second));
    }
  }
}
