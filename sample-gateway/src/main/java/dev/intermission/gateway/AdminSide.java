package dev.intermission.gateway;

import dev.intermission.admin.AdminOptions;
import dev.intermission.admin.AdminServlet;
import dev.intermission.admin.access.AccessTokens;
import dev.intermission.admin.feed.AdminFeed;
import dev.intermission.api.Author;
import dev.intermission.api.SnapshotFeed;
import dev.intermission.gateway.config.GatewayConfig;
import dev.intermission.gateway.server.Contexts;
import dev.intermission.gateway.server.ErrorBody;
import dev.intermission.gateway.server.JsonTypeAsWritten;
import dev.intermission.store.DataFolder;
import dev.intermission.store.JdbcStore;
import java.time.Clock;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Handler;

/** The store, and what works on it: the management API and the feed. */
final class AdminSide implements AutoCloseable {

  private static final Author AT_START = new Author("intermission", "", "start");

  private final Opened opened = new Opened();
  private final Clock clock;
  private final JdbcStore store;
  private final AdminFeed feed;

  /**
   * Takes the data folder, opens the store, and makes it know what is configured.
   *
   * @param node the name of the traffic side in this process
   * @throws dev.intermission.store.StoreException if the folder or the store can't be used
   */
  AdminSide(GatewayConfig config, String node, Clock clock) {
    this.clock = clock;
    try {
      DataFolder folder = DataFolder.open(config.data());
      opened.add(folder::close);
      store = JdbcStore.open(Stores.of(config.database(), folder.path()), clock);
      opened.add(store::close);
      store.apply(config.catalog(), AT_START);
      feed = new AdminFeed(store, node);
      opened.add(feed::close);
    } catch (RuntimeException | Error e) {
      opened.closeAfter(e);
      throw e;
    }
  }

  /** Returns the feed of what is deployed. */
  SnapshotFeed feed() {
    return feed;
  }

  /** Returns the tokens in the store. */
  AccessTokens tokens() {
    return new AccessTokens(store, clock);
  }

  /** Returns what answers the management API. */
  Handler handler() {
    ServletContextHandler context = Contexts.withRawPaths(ErrorBody.ADMIN);
    ServletHolder servlet =
        new ServletHolder(new AdminServlet(store, store, feed, AdminOptions.DEFAULTS, clock));
    servlet.setAsyncSupported(true);
    context.addServlet(servlet, "/apiops/*");
    return new JsonTypeAsWritten(context);
  }

  /** Ends the feed, and closes the store and the folder. */
  @Override
  public void close() {
    opened.close();
  }
}
