package dev.intermission.store;

import dev.intermission.api.ApiProxy;
import dev.intermission.api.MaintenanceSettings;
import dev.intermission.api.ProxyCatalog;
import dev.intermission.api.ProxyId;
import dev.intermission.api.SnapshotDelta;
import dev.intermission.api.User;
import dev.intermission.api.store.AccessToken;
import dev.intermission.api.store.AuditLog;
import dev.intermission.api.store.Author;
import dev.intermission.api.store.Deployment;
import dev.intermission.api.store.DeploymentHistory;
import dev.intermission.api.store.DeploymentRequest;
import dev.intermission.api.store.DeploymentStatus;
import dev.intermission.api.store.NodeRegistry;
import dev.intermission.api.store.SavedSettings;
import dev.intermission.api.store.SettingsStore;
import dev.intermission.api.store.StoreChanges;
import dev.intermission.api.store.StoreUnavailableException;
import dev.intermission.api.store.TokenStore;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * The store in a database. Times are kept in whole milliseconds. Thread-safe. Programming errors
 * surface as {@link IllegalStateException}; the transaction is rolled back.
 */
public final class JdbcStore implements SettingsStore, TokenStore, AutoCloseable {

  private final Database database;
  private final CatalogReader catalog;
  private final SettingsUpdates deployments;
  private final Statuses statuses;
  private final Snapshots snapshots;
  private final Users users;
  private final Tokens tokens;
  private final History history;
  private final Audit audit;
  private final NodeTable nodes;
  private final Changes changes;

  private JdbcStore(Dialect dialect, Clock clock, Retention retention) {
    database = Database.connect(dialect);
    Listeners listeners = new Listeners();
    catalog = new CatalogReader(database);
    deployments = new SettingsUpdates(database, clock, retention, listeners);
    statuses = new Statuses(database);
    snapshots = new Snapshots(database);
    users = new Users(database);
    tokens = new Tokens(database, clock, retention);
    history = new History(database, deployments, clock, retention);
    audit = new Audit(database);
    nodes = new NodeTable(database);
    changes = new Changes(listeners, dialect);
  }

  /**
   * Opens the store of a gateway: creates it if it does not exist, and upgrades its schema if that
   * is older. Only one process at a time may open an SQLite file, which the caller has to ensure.
   * The database files get the mode 0600.
   *
   * @param clock gives the times of deployments
   * @throws StoreException if it can't be used, for instance because it is of a newer version
   * @throws StoreUnavailableException if the database can't be reached now, or is starting; trying
   *     again may help
   */
  public static JdbcStore open(StoreConfig config, Clock clock) {
    Dialect dialect = Dialect.of(config);
    dialect.secure();
    new Schema(dialect, dialect.creating()).migrate();
    return new JdbcStore(dialect, clock, config.retention());
  }

  /**
   * Opens the store of a gateway that may be running, for a command beside it. Opening changes
   * nothing.
   *
   * @throws StoreException if there is no store yet, or its schema is not exactly the one of this
   *     program
   * @throws StoreUnavailableException if the database can't be reached now
   */
  public static JdbcStore openExisting(StoreConfig config, Clock clock) {
    Dialect dialect = Dialect.of(config);
    if (!dialect.exists()) {
      throw new StoreException(
          "There is no store at %s yet. Start the gateway once, which makes it, or give the gateway's own data folder."
              .formatted(dialect.location()));
    }
    new Schema(dialect, dialect.existing()).requireCurrent();
    return new JdbcStore(dialect, clock, config.retention());
  }

  /** Returns the records of deployments. */
  public DeploymentHistory history() {
    return history;
  }

  /** Returns the audit log. */
  public AuditLog audit() {
    return audit;
  }

  /** Returns the registry of gateway nodes. */
  public NodeRegistry nodes() {
    return nodes;
  }

  /**
   * Returns the source of notifications of new snapshot versions; with SQLite, only of those that
   * this process committed.
   */
  public StoreChanges changes() {
    return changes;
  }

  @Override
  public void apply(ProxyCatalog catalog, Author author) {
    deployments.apply(catalog, author);
  }

  @Override
  public Set<String> environments() {
    return catalog.environments();
  }

  @Override
  public boolean projectExists(String project) {
    return catalog.projectExists(project);
  }

  @Override
  public List<ApiProxy> proxies(String project) {
    return catalog.proxies(project);
  }

  @Override
  public Optional<ApiProxy> proxy(ProxyId id) {
    return catalog.proxy(id);
  }

  @Override
  public Optional<SavedSettings> settings(ProxyId id) {
    return deployments.settings(id);
  }

  @Override
  public Update update(
      ProxyId id,
      Function<SavedSettings, MaintenanceSettings> change,
      List<DeploymentRequest> deployTo,
      Author author) {
    return deployments.update(id, change, deployTo, author);
  }

  @Override
  public Optional<Deployment> undeploy(ProxyId id, DeploymentRequest request, Author author) {
    return deployments.undeploy(id, request, author);
  }

  @Override
  public List<DeploymentStatus> status(ProxyId id) {
    return statuses.status(id);
  }

  @Override
  public long version(String environment) {
    return snapshots.version(environment);
  }

  @Override
  public SnapshotDelta changesSince(String environment, long version) {
    return snapshots.changesSince(environment, version);
  }

  @Override
  public Optional<User> user(String name) {
    return users.user(name);
  }

  @Override
  public void save(AccessToken token, Author author) {
    tokens.save(token, author);
  }

  @Override
  public Optional<AccessToken> tokenByHash(String hash) {
    return tokens.tokenByHash(hash);
  }

  @Override
  public List<AccessToken> tokens() {
    return tokens.tokens();
  }

  @Override
  public boolean revoke(String id, Instant time, Author author) {
    return tokens.revoke(id, time, author);
  }

  @Override
  public void removeExpired(Instant before) {
    tokens.removeExpired(before);
  }

  /** Closes all connections; calls in progress may fail as unavailable. */
  @Override
  public void close() {
    changes.close();
    database.close();
  }
}
