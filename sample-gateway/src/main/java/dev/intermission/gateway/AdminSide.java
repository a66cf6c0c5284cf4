package dev.intermission.gateway;

import dev.intermission.admin.AdminOptions;
import dev.intermission.admin.AdminServlet;
import dev.intermission.admin.AdminStores;
import dev.intermission.admin.access.AccessTokens;
import dev.intermission.admin.access.NodeTokens;
import dev.intermission.admin.catalog.CatalogFollower;
import dev.intermission.admin.reload.ReloadResource;
import dev.intermission.admin.reload.Reloading;
import dev.intermission.api.ProxyCatalog;
import dev.intermission.api.SnapshotFeed;
import dev.intermission.api.store.Author;
import dev.intermission.api.store.StoreUnavailableException;
import dev.intermission.api.trace.TraceReceiver;
import dev.intermission.feed.FeedProtocol;
import dev.intermission.feed.server.AdminFeed;
import dev.intermission.feed.server.FeedServlet;
import dev.intermission.feed.server.TracesServlet;
import dev.intermission.gateway.config.GatewayConfig;
import dev.intermission.gateway.data.DataFolder;
import dev.intermission.gateway.docs.DocsPage;
import dev.intermission.gateway.metrics.AdminMetrics;
import dev.intermission.gateway.metrics.GatewayMetrics;
import dev.intermission.gateway.server.Contexts;
import dev.intermission.gateway.server.ErrorBody;
import dev.intermission.gateway.server.JsonTypeAsWritten;
import dev.intermission.runtime.Backoff;
import dev.intermission.runtime.FailureLog;
import dev.intermission.store.JdbcStore;
import dev.intermission.store.StoreConfig;
import dev.intermission.store.StoreObserver;
import jakarta.servlet.Servlet;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Handler;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The store, the management API and the feed. */
final class AdminSide implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(AdminSide.class);
  private static final Author AT_START = new Author("intermission", "", "start");
  private static final Duration SHORTEST_PAUSE = Duration.ofMillis(200);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);

  private final Opened opened = new Opened();
  private final Clock clock;
  private final @Nullable GatewayMetrics metrics;
  private final AdminOptions options;
  private final ProxyCatalog catalog;
  private final JdbcStore store;
  private final AdminFeed feed;
  private volatile @Nullable AdminServlet managementApi;

  /**
   * Opens the store, and applies the configured catalog to it. A store in the data folder belongs
   * to this process alone. A store elsewhere may be shared; this constructor waits until it can be
   * reached.
   *
   * @param catalog what exists in this gateway, and what takes its place later
   * @param node the name of the traffic side in this process
   * @param traffic where clients reach it, or null if there is none
   * @param metrics the meters of this process, or null if nothing is measured
   * @throws dev.intermission.store.StoreException if the folder or the store can't be used
   * @throws InterruptedException if the thread is interrupted while it waits
   */
  AdminSide(
      GatewayConfig config,
      ProxyCatalog catalog,
      String node,
      @Nullable String traffic,
      Clock clock,
      @Nullable GatewayMetrics metrics)
      throws InterruptedException {
    this.clock = clock;
    this.catalog = catalog;
    this.metrics = metrics;
    options =
        AdminOptions.DEFAULTS
            .withAccessUrls(accessUrls(config, traffic))
            .withLogConnections(new ConfiguredConnections(config.log().connections()));
    try {
      if (config.database() == null) {
        DataFolder folder = DataFolder.open(config.data());
        opened.add(folder::close);
        boolean there = Files.exists(StoreConfig.fileIn(folder.path()));
        LOG.info(
            "The data folder is {} ({})", folder.path(), there ? "existing store" : "new store");
        store = open(config, folder.path());
        feed = new AdminFeed(store.settings(), node, store.nodes());
      } else {
        store = openWhenThere(config);
        feed = new AdminFeed(store.settings(), node, store.nodes(), store.changes());
      }
      opened.add(feed::close);
    } catch (InterruptedException | RuntimeException | Error e) {
      opened.closeAfter(e);
      throw e;
    }
  }

  private static Map<String, URI> accessUrls(GatewayConfig config, @Nullable String traffic) {
    Map<String, URI> urls = new HashMap<>(config.catalog().accessUrls());
    if (traffic != null) {
      urls.putIfAbsent(config.environment(), URI.create(traffic));
    }
    return urls;
  }

  private JdbcStore openWhenThere(GatewayConfig config) throws InterruptedException {
    FailureLog failures = new FailureLog(LOG);
    Backoff pauses = new Backoff(SHORTEST_PAUSE, LONGEST_PAUSE);
    while (true) {
      try {
        return open(config, config.data());
      } catch (StoreUnavailableException e) {
        failures.failed("Waiting for the store: " + e.getMessage(), null);
        pauses.pause();
      }
    }
  }

  private JdbcStore open(GatewayConfig config, Path folder) {
    StoreObserver observer = metrics == null ? StoreObserver.NONE : metrics.store();
    JdbcStore open = JdbcStore.open(Stores.of(config.database(), folder), clock, observer);
    try {
      CatalogFollower follower = new CatalogFollower(catalog, open.settings(), AT_START);
      opened.add(open::close);
      opened.add(follower::close);
      return open;
    } catch (RuntimeException | Error e) {
      open.close();
      throw e;
    }
  }

  /** Returns the feed of snapshots. */
  SnapshotFeed feed() {
    return feed;
  }

  /** Returns what keeps what the traffic side in this process traces. */
  TraceReceiver traces() {
    return store.traces();
  }

  /** Returns the tokens in the store. */
  AccessTokens tokens() {
    return new AccessTokens(store.tokens(), clock);
  }

  /** Returns whether the store can be read now; may take some seconds if it can't. */
  boolean ready() {
    try {
      return !store.settings().environments().isEmpty();
    } catch (StoreUnavailableException e) {
      return false;
    }
  }

  /** Returns the handler of the management API, its page, and the feed for other processes. */
  Handler handler(Reloading reloading) {
    ServletContextHandler context = Contexts.withRawPaths(ErrorBody.ADMIN);
    AdminStores stores =
        new AdminStores(
            store.settings(),
            store.history(),
            store.audit(),
            store.tokens(),
            store.operations(),
            store.traces());
    AdminServlet servlet = new AdminServlet(stores, feed, options, clock, reloading);
    managementApi = servlet;
    if (metrics != null) {
      AdminMetrics.add(metrics, store.settings(), feed, servlet::proxies, clock);
    }
    add(context, servlet, "/apiops/*", ReloadResource.PATH);
    NodeTokens nodes = new NodeTokens(tokens());
    add(context, new FeedServlet(feed, nodes, clock), FeedProtocol.PATH);
    add(context, new TracesServlet(feed, nodes, store.traces()), FeedProtocol.TRACES_PATH);
    return new Handler.Sequence(new DocsPage(), new JsonTypeAsWritten(context));
  }

  private static void add(ServletContextHandler context, Servlet servlet, String... paths) {
    ServletHolder holder = new ServletHolder(servlet);
    holder.setAsyncSupported(true);
    holder.setInitOrder(0);
    for (String path : paths) {
      context.addServlet(holder, path);
    }
  }

  /** Ends the requests that stay open, so that their clients turn to another admin node. */
  void endOpenRequests() {
    AdminServlet servlet = managementApi;
    if (servlet != null) {
      servlet.endStreams();
    }
    feed.close();
  }

  /** Ends the feed, and closes the store and the folder. */
  @Override
  public void close() {
    opened.close();
  }
}
