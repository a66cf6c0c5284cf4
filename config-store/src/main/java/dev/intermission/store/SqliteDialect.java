package dev.intermission.store;

import com.zaxxer.hikari.HikariConfig;
import dev.intermission.api.SnapshotFeed.Subscription;
import dev.intermission.runtime.OwnerOnly;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;
import org.sqlite.SQLiteJDBCLoader;
import org.sqlite.SQLiteOpenMode;

/**
 * SQLite in one file. It uses a write-ahead log (WAL), so readers and the one writer do not wait
 * for each other, and flushes it to the disk with each commit (synchronous=FULL).
 */
final class SqliteDialect implements Dialect {

  static final String URL_PREFIX = "jdbc:sqlite:";

  /** A parameter that holds a secret, in URLs of other databases and of SQLite with encryption. */
  private static final Pattern SECRET =
      Pattern.compile("(?i)([a-z_]*(?:pass|pwd|key|secret|token)[a-z_]*)=[^&]*");

  private static final int LOCK_TIMEOUT_MILLIS = 5_000;
  private static final int READERS = 8;

  /** The error codes of wrong statements and wrong values, whatever the state of the file. */
  private static final Set<Integer> FAULTS_OF_PROGRAM =
      Set.of(
          SQLiteErrorCode.SQLITE_ERROR.code,
          SQLiteErrorCode.SQLITE_CONSTRAINT.code,
          SQLiteErrorCode.SQLITE_MISMATCH.code,
          SQLiteErrorCode.SQLITE_MISUSE.code,
          SQLiteErrorCode.SQLITE_RANGE.code,
          SQLiteErrorCode.SQLITE_TOOBIG.code);

  private final String url;
  private final Path file;
  private volatile @Nullable Object fileKey;

  SqliteDialect(StoreConfig config) {
    url = config.jdbcUrl();
    String name = url.substring(URL_PREFIX.length());
    if (name.isEmpty() || name.startsWith(":") || name.startsWith("file:") || name.contains("?")) {
      throw new StoreException(
          "The database URL '"
              + SECRET.matcher(url).replaceAll("$1=...")
              + "' is not allowed; write "
              + URL_PREFIX
              + " and the path of a file, without options or a '?'");
    }
    file = Path.of(name);
    requireLibrary();
  }

  /** Refuses a machine on which SQLite's library can't be unpacked to a folder and run. */
  private static void requireLibrary() {
    try {
      SQLiteJDBCLoader.initialize();
    } catch (Exception e) {
      throw new StoreException(
          "SQLite's library can't be loaded from the folder "
              + System.getProperty("java.io.tmpdir")
              + ", perhaps since no file there may be executed (noexec). Start with JAVA_OPTS=-Djava.io.tmpdir=FOLDER and a folder where that is allowed.",
          e);
    }
  }

  @Override
  public String location() {
    return file.toString();
  }

  @Override
  public String advice() {
    return "Check that it is a store of Intermission, that it is undamaged, and that this user may write it and its folder.";
  }

  @Override
  public void requireSuitable(Connection connection) {
    // A file that can't be a store fails when it is opened.
  }

  @Override
  public String migrations() {
    return "classpath:dev/intermission/store/migration/sqlite";
  }

  @Override
  public boolean exists() {
    return Files.exists(file);
  }

  /** SQLite gives the files beside the database the mode of the database. */
  @Override
  public void secure() {
    try {
      OwnerOnly.create(file);
      OwnerOnly.tighten(
          Stream.of("", "-wal", "-shm", "-journal")
              .map(suffix -> file.resolveSibling(file.getFileName() + suffix))
              .toList());
    } catch (IOException e) {
      throw new StoreException(
          String.format(Locale.ROOT, "The store %s can't be used: %s. %s", location(), e, advice()),
          e);
    }
  }

  @Override
  public DataSource creating() {
    return dataSource(SQLiteConfig.TransactionMode.IMMEDIATE, true);
  }

  @Override
  public DataSource existing() {
    return dataSource(SQLiteConfig.TransactionMode.DEFERRED, false);
  }

  @Override
  public HikariConfig writers() {
    // SQLite has one writer: a queue here is fair, polling for SQLite's lock is not.
    return pool("store-writer", SQLiteConfig.TransactionMode.IMMEDIATE, 1);
  }

  @Override
  public HikariConfig readers() {
    return pool("store-readers", SQLiteConfig.TransactionMode.DEFERRED, READERS);
  }

  private HikariConfig pool(String name, SQLiteConfig.TransactionMode mode, int size) {
    HikariConfig pool = new HikariConfig();
    pool.setPoolName(name);
    pool.setDataSource(dataSource(mode, false));
    pool.setMaximumPoolSize(size);
    pool.setMinimumIdle(1);
    pool.setConnectionTimeout(LOCK_TIMEOUT_MILLIS);
    return pool;
  }

  private DataSource dataSource(SQLiteConfig.TransactionMode mode, boolean create) {
    SQLiteConfig config = new SQLiteConfig();
    if (create) {
      // The file remembers it.
      config.setJournalMode(SQLiteConfig.JournalMode.WAL);
    } else {
      config.resetOpenMode(SQLiteOpenMode.CREATE);
    }
    config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
    config.enforceForeignKeys(true);
    config.setBusyTimeout(LOCK_TIMEOUT_MILLIS);
    config.setTransactionMode(mode);
    SQLiteDataSource source = new SQLiteDataSource(config);
    source.setUrl(url);
    return source;
  }

  /**
   * A file that was moved or replaced stays open and accepts writes that are lost, so the file's
   * identity is compared with its first one.
   */
  @Override
  public void begin(Connection connection) {
    // The connection was set up when it was opened.
  }

  @Override
  public void requireInPlace() throws SQLException {
    Object found;
    try {
      found = Files.readAttributes(file, BasicFileAttributes.class).fileKey();
    } catch (IOException e) {
      throw new SQLNonTransientConnectionException("the file " + file + " is gone", e);
    }
    if (fileKey == null) {
      fileKey = found;
    }
    if (!Objects.equals(fileKey, found)) {
      throw new SQLNonTransientConnectionException(
          "the file " + file + " was replaced while it was in use");
    }
  }

  /** A transaction of the writers has the lock on the whole file. */
  @Override
  public String rowLock() {
    return "";
  }

  @Override
  public String now() {
    return "CAST(unixepoch('subsec') * 1000 AS INTEGER)";
  }

  @Override
  public void lockCatalog(Connection connection) {
    // The same.
  }

  @Override
  public void renameHistory(Connection connection, String from, String to) throws SQLException {
    Sql.define(connection, "ALTER TABLE " + from + " RENAME TO " + to);
    Sql.define(connection, "DROP INDEX IF EXISTS " + from + "_s_idx");
    Sql.define(
        connection, String.format(Locale.ROOT, "CREATE INDEX %1$s_s_idx ON %1$s (success)", to));
  }

  @Override
  public boolean isUnreachable(SQLException failure) {
    return false;
  }

  @Override
  public boolean isOutage(SQLException failure) {
    return failure instanceof SQLNonTransientConnectionException
        || (failure instanceof SQLiteException sqlite
            && !FAULTS_OF_PROGRAM.contains(sqlite.getResultCode().code & 0xff));
  }

  @Override
  public boolean leavesCommitUnknown(SQLException failure) {
    return false;
  }

  /** No other process changes an environment. */
  @Override
  public Subscription watch(Consumer<String> changed) {
    return () -> {};
  }
}
