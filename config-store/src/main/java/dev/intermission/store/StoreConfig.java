package dev.intermission.store;

import java.nio.file.Path;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which database holds the store.
 *
 * @param jdbcUrl {@code jdbc:sqlite:} and the path of a file, or a URL of PostgreSQL's driver:
 *     {@code jdbc:postgresql://host:port/database}, several hosts with commas between them, and the
 *     driver's parameters
 * @param user for PostgreSQL, where the URL has none
 * @param password for PostgreSQL, where the URL has none; without either, the driver looks into the
 *     file that the environment variable PGPASSFILE names
 * @param retention how much of the past it keeps
 */
public record StoreConfig(
    String jdbcUrl, @Nullable String user, @Nullable String password, Retention retention) {

  /** Names of databases; another word in that place may be a password that was put there. */
  private static final Pattern SCHEME =
      Pattern.compile(
          "jdbc:(sqlite|postgresql|mysql|mariadb|oracle|sqlserver|db2|h2|hsqldb|derby):");

  public StoreConfig {
    Objects.requireNonNull(jdbcUrl, "jdbcUrl");
    Objects.requireNonNull(retention, "retention");
  }

  /** Makes a configuration from a complete URL, with {@link Retention#DEFAULT}. */
  public StoreConfig(String jdbcUrl) {
    this(jdbcUrl, null, null, Retention.DEFAULT);
  }

  /** Returns the same database with another retention. */
  public StoreConfig withRetention(Retention other) {
    return new StoreConfig(jdbcUrl, user, password, other);
  }

  /** Returns the SQLite file {@code intermission.db} in the folder. */
  public static StoreConfig inFolder(Path folder) {
    return new StoreConfig(SqliteDialect.URL_PREFIX + fileIn(folder));
  }

  /** Returns the path of that file, which is there if the folder has a store. */
  public static Path fileIn(Path folder) {
    return folder.toAbsolutePath().resolve("intermission.db");
  }

  /** Leaves out everything that may hold a password. */
  @Override
  public String toString() {
    return "StoreConfig[" + scheme() + "...]";
  }

  /**
   * Returns the beginning of the URL, which can't hold a password; empty if the URL does not name a
   * database in use.
   */
  String scheme() {
    Matcher scheme = SCHEME.matcher(jdbcUrl);
    return scheme.lookingAt() ? scheme.group() : "";
  }
}
