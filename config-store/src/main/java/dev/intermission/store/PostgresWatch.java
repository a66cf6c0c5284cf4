package dev.intermission.store;

import dev.intermission.api.SnapshotFeed.Subscription;
import dev.intermission.runtime.BackgroundLoop;
import dev.intermission.runtime.Backoff;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A thread that listens, on a connection of its own, to the notifications of the trigger on the
 * table of environments. Notifications are lost while there is no connection, so every environment
 * counts as changed after each new connection.
 */
final class PostgresWatch implements Subscription {

  private static final Logger LOG = LoggerFactory.getLogger(PostgresWatch.class);

  private static final int CHECK_MILLIS = 5_000;

  private final DataSource source;
  private final Consumer<String> changed;
  private final BackgroundLoop loop;
  private volatile @Nullable Connection connection;

  private PostgresWatch(DataSource source, String location, Consumer<String> changed) {
    this.source = source;
    this.changed = changed;
    loop =
        new BackgroundLoop(
            "store-changes",
            LOG,
            new BackgroundLoop.Texts(
                "Changes by other admin nodes in " + location + " are noticed with a delay",
                "Changes by other admin nodes in " + location + " are noticed at once again"),
            new Backoff(Duration.ofMillis(100), Duration.ofSeconds(5)),
            this::listen);
  }

  /** Begins to listen; returns at once. */
  static Subscription start(DataSource source, String location, Consumer<String> changed) {
    PostgresWatch watch = new PostgresWatch(source, location, changed);
    watch.loop.start();
    return watch;
  }

  private void listen(BackgroundLoop self) throws SQLException {
    try (Connection opened = source.getConnection();
        Statement statement = opened.createStatement()) {
      connection = opened;
      statement.execute("SET application_name = 'intermission-changes'");
      statement.execute("LISTEN intermission_environment");
      reportAll(opened);
      self.succeeded();
      while (!self.isClosed()) {
        PGNotification[] heard = opened.unwrap(PGConnection.class).getNotifications(CHECK_MILLIS);
        if (heard.length == 0) {
          // A peer that vanished silently is noticed only when the connection is used.
          statement.execute("SELECT 1");
        }
        Arrays.stream(heard).map(PGNotification::getParameter).distinct().forEach(changed);
      }
    }
  }

  private void reportAll(Connection opened) throws SQLException {
    List<String> environments =
        Sql.list(opened, "SELECT name FROM environment WHERE present", row -> row.getString(1));
    environments.forEach(changed);
  }

  @Override
  public void close() {
    loop.close();
    Connection opened = connection;
    if (opened != null) {
      abort(opened);
    }
  }

  /** Closing the connection ends the wait for notifications; an interrupt does not. */
  private static void abort(Connection opened) {
    try {
      opened.abort(Runnable::run);
    } catch (SQLException e) {
      LOG.warn("Could not close the connection that listens for changes", e);
    }
  }
}
