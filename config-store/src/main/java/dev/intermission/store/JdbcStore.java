package dev.intermission.store;

import dev.intermission.api.store.AuditLog;
import dev.intermission.api.store.DeploymentHistory;
import dev.intermission.api.store.NodeRegistry;
import dev.intermission.api.store.OperationStore;
import dev.intermission.api.store.SettingsStore;
import dev.intermission.api.store.StoreChanges;
import dev.intermission.api.store.StoreUnavailableException;
import dev.intermission.api.store.TokenStore;
import dev.intermission.api.store.TraceStore;
import java.time.Clock;

/**
 * The store in a database. Times are kept in whole milliseconds. Thread-safe. Programming errors
 * surface as {@link IllegalStateException}; the transaction is rolled back.
 */
public final class JdbcStore implements AutoCloseable {

  private final Database database;
  private final JdbcSettings settings;
  private final Tokens tokens;
  private final History history;
  private final Audit audit;
  private final NodeTable nodes;
  private final Operations operations;
  private final TraceTable traces;
  private final Changes changes;

  private JdbcStore(Dialect dialect, Clock clock, Retention retention, StoreObserver observer) {
    database = Database.connect(dialect, observer);
    Listeners listeners = new Listeners();
    SettingsUpdates updates = new SettingsUpdates(database, clock, retention, listeners);
    settings =
        new JdbcSettings(
            database,
            updates,
            new PartsUpdates(database, clock, retention, listeners),
            new TrafficLogTable(database, clock, retention, listeners),
            new TraceUpdates(database, clock, retention, listeners));
    tokens = new Tokens(database, clock, retention);
    history = new History(database, updates, clock, retention);
    audit = new Audit(database);
    operations = new Operations(database, clock, retention, listeners);
    nodes = new NodeTable(database);
    traces = new TraceTable(database, clock, retention);
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
    return open(config, clock, StoreObserver.NONE);
  }

  /** Opens the store as {@link #open(StoreConfig, Clock)} does, and tells of its transactions. */
  public static JdbcStore open(StoreConfig config, Clock clock, StoreObserver observer) {
    try {
      Dialect dialect = Dialect.of(config);
      dialect.secure();
      new Schema(dialect, dialect.creating()).migrate();
      return new JdbcStore(dialect, clock, config.retention(), observer);
    } catch (RuntimeException | Error e) {
      Drivers.release();
      throw e;
    }
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
    try {
      Dialect dialect = Dialect.of(config);
      if (!dialect.exists()) {
        throw new StoreException(
            "There is no store at "
                + dialect.location()
                + " yet. Start the gateway once, which makes it, or give the gateway's own data folder.");
      }
      new Schema(dialect, dialect.existing()).requireCurrent();
      return new JdbcStore(dialect, clock, config.retention(), StoreObserver.NONE);
    } catch (RuntimeException | Error e) {
      Drivers.release();
      throw e;
    }
  }

  /** Returns the catalog's state, the settings, and what is in force. */
  public SettingsStore settings() {
    return settings;
  }

  /** Returns the users and their access tokens. */
  public TokenStore tokens() {
    return tokens;
  }

  /** Returns the records of deployments. */
  public DeploymentHistory history() {
    return history;
  }

  /** Returns the audit log. */
  public AuditLog audit() {
    return audit;
  }

  /** Returns the changes of many proxies at once. */
  public OperationStore operations() {
    return operations;
  }

  /** Returns the registry of gateway nodes. */
  public NodeRegistry nodes() {
    return nodes;
  }

  /** Returns the records of traced requests. */
  public TraceStore traces() {
    return traces;
  }

  /**
   * Returns the source of notifications of new snapshot versions; with SQLite, only of those that
   * this process committed.
   */
  public StoreChanges changes() {
    return changes;
  }

  /**
   * Closes all connections; calls in progress may fail as unavailable. In a web application, or
   * anywhere else beside the program's own class loader, the JDBC drivers that came with this
   * library leave the {@code DriverManager} too.
   */
  @Override
  public void close() {
    changes.close();
    database.close();
    Drivers.release();
  }
}
