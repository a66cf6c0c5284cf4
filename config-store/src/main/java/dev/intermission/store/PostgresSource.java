package dev.intermission.store;

import java.time.Duration;
import java.util.Locale;
import java.util.Properties;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.Driver;
import org.postgresql.PGProperty;
import org.postgresql.ds.PGSimpleDataSource;

/** Connections to the configured PostgreSQL; a parameter of the URL wins over what is set here. */
final class PostgresSource {

  private final StoreConfig config;
  private final Properties given;

  /**
   * @throws StoreException if the URL is not one of PostgreSQL's driver
   */
  PostgresSource(StoreConfig config) {
    this.config = config;
    String address = config.jdbcUrl().split("\\?", 2)[0];
    // The driver logs an address that it can't parse, so an address with a password must not reach
    // it.
    if (address.contains("@")) {
      throw unreadable(config, "a user before an '@' is not allowed");
    }
    // The driver would read the password as a part of the database's name.
    if (address.matches(".*[&;=].*")) {
      throw unreadable(config, "there is a parameter before the '?'");
    }
    if (Driver.parseURL(address, null) == null) {
      throw unreadable(config, "'" + address + "' is not an address");
    }
    Properties parsed = Driver.parseURL(config.jdbcUrl(), null);
    if (parsed == null) {
      throw unreadable(config, "there is a fault in what comes after the '?'");
    }
    given = parsed;
  }

  private static StoreException unreadable(StoreConfig config, String fault) {
    return new StoreException(
        String.format(
            Locale.ROOT,
            "The database URL that starts with '%s' can't be read: %s. Write %s//host:port/database, and after it, where needed, '?' and the driver's parameters such as user=NAME with '&' between them.",
            config.scheme(),
            fault,
            PostgresDialect.URL_PREFIX));
  }

  /** Returns the address without parameters. */
  String location() {
    PGSimpleDataSource source = source();
    String[] hosts = source.getServerNames();
    int[] ports = source.getPortNumbers();
    return IntStream.range(0, hosts.length)
        .mapToObj(i -> hosts[i] + ":" + ports[i])
        .collect(
            Collectors.joining(
                ",", PostgresDialect.URL_PREFIX + "//", "/" + source.getDatabaseName()));
  }

  /**
   * Returns connections to the primary.
   *
   * @param connect how long to wait for one
   * @param answer how long to wait for an answer of the server
   */
  DataSource connect(Duration connect, Duration answer) {
    PGSimpleDataSource source = source();
    setDefault(source, PGProperty.USER, config.user());
    setDefault(source, PGProperty.PASSWORD, config.password());
    setDefault(source, PGProperty.APPLICATION_NAME, "intermission");
    setDefault(source, PGProperty.CONNECT_TIMEOUT, String.valueOf(connect.toSeconds()));
    setDefault(source, PGProperty.LOGIN_TIMEOUT, String.valueOf(connect.toSeconds()));
    setDefault(source, PGProperty.SOCKET_TIMEOUT, String.valueOf(answer.toSeconds()));
    setDefault(source, PGProperty.TCP_KEEP_ALIVE, "true");
    setDefault(source, PGProperty.TARGET_SERVER_TYPE, "primary");
    setDefault(source, PGProperty.REWRITE_BATCHED_INSERTS, "true");
    return source;
  }

  private PGSimpleDataSource source() {
    PGSimpleDataSource source =
        new DriverSource(!given.containsKey(PGProperty.PREPARE_THRESHOLD.getName()));
    source.setUrl(config.jdbcUrl());
    return source;
  }

  private void setDefault(PGSimpleDataSource source, PGProperty property, @Nullable String value) {
    if (value != null && !given.containsKey(property.getName())) {
      source.setProperty(property, value);
    }
  }
}
