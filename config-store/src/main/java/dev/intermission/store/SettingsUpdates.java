package dev.intermission.store;

import dev.intermission.api.MaintenanceSettings;
import dev.intermission.api.ProxyCatalog;
import dev.intermission.api.ProxyId;
import dev.intermission.api.store.Author;
import dev.intermission.api.store.Deployment;
import dev.intermission.api.store.DeploymentRequest;
import dev.intermission.api.store.ProxyChanges;
import dev.intermission.api.store.SavedSettings;
import dev.intermission.api.store.SettingsStore.Update;
import dev.intermission.api.store.Trial;
import dev.intermission.api.store.UnknownEnvironmentException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;

/** Changes the saved settings of proxies, and deploys them. */
final class SettingsUpdates implements ProxyChanges {

  private final Database database;
  private final Transactions transactions;
  private final Clock clock;
  private final Retention retention;
  private final Listeners listeners;

  SettingsUpdates(Database database, Clock clock, Retention retention, Listeners listeners) {
    this(database, database, clock, retention, listeners);
  }

  private SettingsUpdates(
      Database database,
      Transactions transactions,
      Clock clock,
      Retention retention,
      Listeners listeners) {
    this.database = database;
    this.transactions = transactions;
    this.clock = clock;
    this.retention = retention;
    this.listeners = listeners;
  }

  void apply(ProxyCatalog catalog, Author author) {
    Change change = Change.by(author, clock);
    Set<String> environments =
        transactions.write(
            "apply the catalog",
            change,
            connection -> {
              database.lockCatalog(connection);
              DeploymentWriter writer = writer(connection, change);
              CatalogWriter.Outcome outcome = new CatalogWriter(connection, writer).apply(catalog);
              writer.audit().catalogApplied(outcome.detail());
              ChangeCounter.countCatalog(connection);
              return outcome.environments();
            });
    environments.forEach(listeners::changed);
  }

  Optional<SavedSettings> settings(ProxyId id) {
    return database
        .read("the settings of " + id, connection -> ProxyRow.find(connection, id))
        .map(ProxyRow::saved);
  }

  @Override
  public Update update(
      ProxyId id,
      Function<SavedSettings, MaintenanceSettings> function,
      List<DeploymentRequest> deployTo,
      Author author) {
    requireDistinct(deployTo);
    Change change = Change.by(author, clock);
    return tell(
        transactions.write(
            "save the settings of " + id,
            change,
            connection -> {
              ProxyRow proxy = ProxyRow.lock(connection, id, database.rowLock());
              // First: what an unknown environment fails of must not depend on what is saved.
              lock(connection, deployTo);
              MaintenanceSettings before = proxy.saved().settings();
              MaintenanceSettings after = function.apply(proxy.saved());
              DeploymentWriter writer = writer(connection, change);
              if (!after.equals(before)) {
                writer.audit().settingsChanged(id, before, after);
              }
              return counted(connection, id, put(writer, id, proxy, after, deployTo));
            }));
  }

  @Override
  public Optional<Update> rollBack(
      ProxyId id,
      long revision,
      List<DeploymentRequest> deployTo,
      Consumer<SavedSettings> condition,
      Author author) {
    requireDistinct(deployTo);
    Change change = Change.by(author, clock);
    return transactions
        .write(
            "roll back " + id,
            change,
            connection -> {
              ProxyRow proxy = ProxyRow.lock(connection, id, database.rowLock());
              lock(connection, deployTo);
              Optional<Deployment> found = History.find(connection, id, revision);
              if (found.isEmpty()) {
                return Optional.<Update>empty();
              }
              condition.accept(proxy.saved());
              MaintenanceSettings after = found.get().settings().withoutPassedWindow(change.time());
              DeploymentWriter writer = writer(connection, change);
              writer.audit().rolledBack(id, revision, proxy.saved().settings(), after);
              return Optional.of(counted(connection, id, put(writer, id, proxy, after, deployTo)));
            })
        .map(this::tell);
  }

  @Override
  public Optional<Deployment> undeploy(
      ProxyId id, DeploymentRequest request, Consumer<SavedSettings> condition, Author author) {
    String environment = request.environment();
    Change change = Change.by(author, clock);
    Optional<Deployment> undeployed =
        transactions.write(
            "undeploy " + id,
            change,
            connection -> {
              ProxyRow proxy = ProxyRow.lock(connection, id, database.rowLock());
              lock(connection, List.of(request));
              Optional<MaintenanceSettings> inForce = Statuses.inForce(connection, id, environment);
              if (inForce.isEmpty()) {
                return Optional.<Deployment>empty();
              }
              condition.accept(proxy.saved());
              return Optional.of(
                  counted(
                      connection,
                      id,
                      writer(connection, change).undeploy(id, proxy, request, inForce.get())));
            });
    undeployed.ifPresent(done -> listeners.changed(done.environment()));
    return undeployed;
  }

  /** Does the work with changes that are taken back, of which no listener hears. */
  <T> Trial<T> tryOut(ProxyId id, Function<ProxyChanges, T> work) {
    TriedTransaction tried = new TriedTransaction(database, id);
    T outcome = work.apply(new SettingsUpdates(database, tried, clock, retention, new Listeners()));
    return tried.of(outcome);
  }

  private static Update put(
      DeploymentWriter writer,
      ProxyId id,
      ProxyRow proxy,
      MaintenanceSettings settings,
      List<DeploymentRequest> deployTo)
      throws SQLException {
    return writer.put(List.of(Target.of(id, proxy, settings, deployTo))).get(0);
  }

  /** Counts a change as the last thing that its transaction does. */
  private static <T> T counted(Connection connection, ProxyId id, T result) throws SQLException {
    ChangeCounter.count(connection, List.of(id));
    return result;
  }

  private Update tell(Update update) {
    update.deployments().forEach(deployment -> listeners.changed(deployment.environment()));
    return update;
  }

  private DeploymentWriter writer(Connection connection, Change change) {
    return new DeploymentWriter(connection, change, retention);
  }

  /** Refuses to deploy twice to an environment in one transaction. */
  static void requireDistinct(List<DeploymentRequest> deployTo) {
    long environments = deployTo.stream().map(DeploymentRequest::environment).distinct().count();
    if (environments < deployTo.size()) {
      throw new IllegalArgumentException("an environment is named twice in " + deployTo);
    }
  }

  private void lock(Connection connection, List<DeploymentRequest> requests) throws SQLException {
    lock(connection, requests, database.rowLock());
  }

  /**
   * Locks the environments against changes by other transactions, in the order that all
   * transactions use.
   */
  static void lock(Connection connection, List<DeploymentRequest> requests, String rowLock)
      throws SQLException {
    for (String name : requests.stream().map(DeploymentRequest::environment).sorted().toList()) {
      if (!CatalogReader.hasEnvironment(connection, name, rowLock)) {
        throw new UnknownEnvironmentException(name);
      }
    }
  }
}
