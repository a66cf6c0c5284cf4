package dev.intermission.store;

import com.zaxxer.hikari.HikariConfig;
import dev.intermission.api.SnapshotFeed.Subscription;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;
import javax.sql.DataSource;

/**
 * A PostgreSQL server that several admin nodes share. A transaction that writes first locks the
 * rows that it depends on: the proxy's, then the environments' by name, so that transactions do not
 * deadlock. The lock on an environment's row makes its versions visible in their order.
 */
final class PostgresDialect implements Dialect {

  static final String URL_PREFIX = "jdbc:postgresql:";

  private static final int OLDEST_SERVER = 14;
  private static final int CONNECTIONS = 8;

  private static final Duration CONNECT = Duration.ofSeconds(3);
  private static final Duration VALIDATE = Duration.ofSeconds(2);
  private static final Duration KEEP_ALIVE = Duration.ofMinutes(1);
  private static final Duration LOCK = Duration.ofSeconds(5);
  private static final Duration STATEMENT = Duration.ofSeconds(8);
  // Longer than the server's own time-out, which leaves the connection whole.
  private static final Duration SOCKET = Duration.ofSeconds(10);
  // An admin node that hangs inside a transaction must not block the others for long.
  private static final Duration IDLE_IN_TRANSACTION = Duration.ofSeconds(10);
  private static final Duration SCHEMA_OR_CATALOG = Duration.ofMinutes(2);

  /**
   * Classes of SQLSTATE: connection, resources, operator intervention, system error, and
   * corruption.
   */
  private static final Set<String> OUTAGE_CLASSES = Set.of("08", "53", "57", "58", "XX");

  /**
   * Read-only, idle in a transaction, long transaction, collision, deadlock, lock not available.
   */
  private static final Set<String> OUTAGES =
      Set.of(LeaveStandby.READ_ONLY, "25P03", "25P04", "40001", "40P01", "55P03");

  private final PostgresSource source;

  PostgresDialect(StoreConfig config) {
    source = new PostgresSource(config);
  }

  @Override
  public String location() {
    return source.location();
  }

  @Override
  public String advice() {
    return "Check the database's address and name, its user and password, that it is a store of Intermission or empty, and that this user may make tables in it.";
  }

  @Override
  public String migrations() {
    return "classpath:dev/intermission/store/migration/postgresql";
  }

  @Override
  public boolean exists() {
    return true;
  }

  @Override
  public void secure() {
    // The server sees to it.
  }

  @Override
  public DataSource creating() {
    return source.connect(CONNECT, SCHEMA_OR_CATALOG);
  }

  @Override
  public DataSource existing() {
    return creating();
  }

  @Override
  public void requireSuitable(Connection connection) throws SQLException {
    int version =
        Sql.only(
            connection,
            "SELECT CAST(current_setting('server_version_num') AS INTEGER) / 10000",
            row -> row.getInt(1));
    if (version < OLDEST_SERVER) {
      throw new StoreException(
          String.format(
              Locale.ROOT,
              "The server of %s is PostgreSQL %d; this program needs %d or a newer one.",
              location(),
              version,
              OLDEST_SERVER));
    }
    String encoding =
        Sql.only(connection, "SELECT current_setting('server_encoding')", row -> row.getString(1));
    if (!encoding.equals("UTF8")) {
      throw new StoreException(
          "The database "
              + location()
              + " has the encoding "
              + encoding
              + ", which can't hold each text. Make one with ENCODING 'UTF8'.");
    }
  }

  @Override
  public HikariConfig writers() {
    return pool("store-writers");
  }

  @Override
  public HikariConfig readers() {
    HikariConfig pool = pool("store-readers");
    pool.setReadOnly(true);
    return pool;
  }

  private HikariConfig pool(String name) {
    HikariConfig pool = new HikariConfig();
    pool.setPoolName(name);
    pool.setDataSource(source.connect(CONNECT, SOCKET));
    pool.setMaximumPoolSize(CONNECTIONS);
    pool.setMinimumIdle(1);
    pool.setConnectionTimeout(CONNECT.toMillis());
    pool.setValidationTimeout(VALIDATE.toMillis());
    pool.setKeepaliveTime(KEEP_ALIVE.toMillis());
    pool.setExceptionOverride(new LeaveStandby());
    return pool;
  }

  private static final String TIMEOUTS =
      String.format(
          Locale.ROOT,
          """
          SET LOCAL statement_timeout = %d;
          SET LOCAL lock_timeout = %d;
          SET LOCAL idle_in_transaction_session_timeout = %d;
          """,
          STATEMENT.toMillis(),
          LOCK.toMillis(),
          IDLE_IN_TRANSACTION.toMillis());

  /** All of what is read is from one point in time. */
  private static final String BEGIN_TO_READ =
      "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ;" + TIMEOUTS;

  /** An acknowledged commit must be on the server's disk, even if its administrator chose less. */
  private static final String BEGIN_TO_WRITE =
      "SET TRANSACTION ISOLATION LEVEL READ COMMITTED;"
          + TIMEOUTS
          + """
          SELECT set_config('synchronous_commit', 'on', TRUE)
          WHERE current_setting('synchronous_commit') = 'off';
          """;

  /**
   * Each transaction says what it needs, since a pooler such as PgBouncer may give each to another
   * session of the server.
   */
  @Override
  public void begin(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(connection.isReadOnly() ? BEGIN_TO_READ : BEGIN_TO_WRITE);
    }
  }

  @Override
  public void requireInPlace() {
    // The server sees to it.
  }

  @Override
  public String rowLock() {
    return " FOR UPDATE";
  }

  @Override
  public String now() {
    return "CAST(EXTRACT(EPOCH FROM clock_timestamp()) * 1000 AS BIGINT)";
  }

  /**
   * Each transaction that writes locks a row of this table first, so no such transaction is in
   * progress during this lock.
   */
  @Override
  public void lockCatalog(Connection connection) throws SQLException {
    long millis = SCHEMA_OR_CATALOG.toMillis();
    connection.setNetworkTimeout(Runnable::run, (int) millis);
    try (Statement statement = connection.createStatement()) {
      statement.execute("SET LOCAL statement_timeout = " + millis);
      statement.execute("SET LOCAL lock_timeout = " + millis);
      statement.execute("LOCK TABLE api_proxy IN EXCLUSIVE MODE");
    }
  }

  @Override
  public void renameHistory(Connection connection, String from, String to) throws SQLException {
    Sql.define(connection, "ALTER TABLE " + from + " RENAME TO " + to);
    for (String suffix : List.of("_pk", "_s_idx")) {
      Sql.define(
          connection,
          String.format(
              Locale.ROOT, "ALTER INDEX IF EXISTS %s RENAME TO %s", from + suffix, to + suffix));
    }
  }

  @Override
  public boolean isUnreachable(SQLException failure) {
    return isOutage(failure);
  }

  @Override
  public boolean isOutage(SQLException failure) {
    String state = failure.getSQLState();
    // A failure of the server has an SQLSTATE; a failure of the pool means that the connection is
    // lost.
    return state == null
        || OUTAGES.contains(state)
        || OUTAGE_CLASSES.stream().anyMatch(state::startsWith);
  }

  /** The connection was lost, or the server gave up, before there was an answer. */
  @Override
  public boolean leavesCommitUnknown(SQLException failure) {
    String state = failure.getSQLState();
    return state == null || state.startsWith("08") || state.startsWith("57P");
  }

  @Override
  public Subscription watch(Consumer<String> changed) {
    return PostgresWatch.start(source.connect(CONNECT, SOCKET), location(), changed);
  }
}
