package dev.intermission.store;

import dev.intermission.api.SnapshotFeed.Subscription;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A thread that listens, on a connection of its own, to what the trigger of the table of
 * environments tells. What is told while there is no connection is lost, so after each connecting
 * every environment counts as changed.
 */
final class PostgresWatch implements Runnable, Subscription {

  private static final Logger LOG = LoggerFactory.getLogger(PostgresWatch.class);

  private static final int CHECK_MILLIS = 5_000;
  private static final long SHORTEST_PAUSE_MILLIS = 100;
  private static final long LONGEST_PAUSE_MILLIS = 5_000;

  private final DataSource source;
  private final String location;
  private final Consumer<String> changed;
  private final Thread thread = new Thread(this, "store-changes");

  private volatile boolean closed;
  private volatile @Nullable Connection connection;
  private long pauseMillis = SHORTEST_PAUSE_MILLIS;
  private boolean failing;

  private PostgresWatch(DataSource source, String location, Consumer<String> changed) {
    this.source = source;
    this.location = location;
    this.changed = changed;
  }

  /** Begins to listen; returns at once. */
  static Subscription start(DataSource source, String location, Consumer<String> changed) {
    PostgresWatch watch = new PostgresWatch(source, location, changed);
    watch.thread.setDaemon(true);
    watch.thread.start();
    return watch;
  }

  @Override
  public void run() {
    while (!closed) {
      try (Connection opened = source.getConnection()) {
        connection = opened;
        listen(opened);
      } catch (SQLException e) {
        if (!closed && !failing) {
          LOG.warn(
              "Other admin nodes' changes of {} are not heard at once: {}",
              location,
              e.getMessage());
          failing = true;
        }
        pause();
      }
    }
  }

  private void listen(Connection opened) throws SQLException {
    try (Statement statement = opened.createStatement()) {
      statement.execute("SET application_name = 'intermission-changes'");
      statement.execute("LISTEN intermission_environment");
      reportAll(opened);
      while (!closed) {
        PGNotification[] heard = opened.unwrap(PGConnection.class).getNotifications(CHECK_MILLIS);
        if (heard.length == 0) {
          // A peer that vanished without a word shows only when it is asked.
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
    if (failing) {
      LOG.info("Other admin nodes' changes of {} are heard at once again", location);
      failing = false;
    }
    pauseMillis = SHORTEST_PAUSE_MILLIS;
  }

  /** Longer each time, and not the same for all who lost the same server. */
  private void pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(
          pauseMillis / 2 + ThreadLocalRandom.current().nextLong(pauseMillis));
      pauseMillis = Math.min(2 * pauseMillis, LONGEST_PAUSE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      closed = true;
    }
  }

  @Override
  public void close() {
    closed = true;
    thread.interrupt();
    Connection opened = connection;
    if (opened != null) {
      abort(opened);
    }
  }

  /** Ends the wait for news, which an interrupt does not. */
  private static void abort(Connection opened) {
    try {
      opened.abort(Runnable::run);
    } catch (SQLException e) {
      LOG.warn("Could not end the connection that listened", e);
    }
  }
}
