package dev.intermission.admin;

import dev.intermission.admin.access.AccessTokens;
import dev.intermission.api.ProxyId;
import dev.intermission.api.User;
import dev.intermission.api.store.Author;
import dev.intermission.api.store.SavedSettings;
import dev.intermission.feed.server.AdminFeed;
import dev.intermission.store.JdbcStore;
import dev.intermission.store.StoreConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/**
 * The management API in an embedded Jetty, with the store in a folder and a token for each user.
 */
public final class AdminServer {

  public static final Author SETUP = new Author("setup", "", "setup");

  public final TestClock clock = new TestClock();
  public final JdbcStore store;
  public final AdminFeed feed;
  public final AccessTokens tokens;

  private final Server server = new Server();
  private final ServerConnector connector;
  private final Map<String, String> secrets;
  private final AdminServlet servlet;

  public AdminServer(Path folder, AdminOptions options) throws Exception {
    this(folder, options, stores -> stores);
  }

  /** Takes what comes between the servlet and the store. */
  public AdminServer(Path folder, AdminOptions options, UnaryOperator<AdminStores> between)
      throws Exception {
    store = JdbcStore.open(StoreConfig.inFolder(folder), clock);
    TestCatalog catalog = new TestCatalog();
    store.settings().apply(catalog, SETUP);
    feed = new AdminFeed(store.settings(), "gateway-1", store.nodes(), store.changes());
    tokens = new AccessTokens(store.tokens(), clock);
    secrets =
        catalog.users().stream()
            .collect(
                Collectors.toMap(
                    User::name, user -> tokens.create(user.name(), Duration.ofHours(1)).secret()));
    HttpConfiguration configuration = new HttpConfiguration();
    configuration.setUriCompliance(UriCompliance.UNSAFE);
    configuration.setRequestHeaderSize(64 << 10);
    connector = new ServerConnector(server, new HttpConnectionFactory(configuration));
    connector.setHost("127.0.0.1");
    server.addConnector(connector);
    ServletContextHandler context = new ServletContextHandler("/");
    context.getServletHandler().setDecodeAmbiguousURIs(true);
    AdminStores stores =
        between.apply(
            new AdminStores(
                store.settings(),
                store.history(),
                store.audit(),
                store.tokens(),
                store.operations(),
                store.traces()));
    servlet = new AdminServlet(stores, feed, options, clock);
    ServletHolder holder = new ServletHolder(servlet);
    holder.setInitOrder(0);
    context.addServlet(holder, "/apiops/*");
    server.setHandler(context);
    server.start();
  }

  public int port() {
    return connector.getLocalPort();
  }

  /** Returns a token of the user that lives for an hour. */
  public String token(String user) {
    return Objects.requireNonNull(secrets.get(user));
  }

  public SavedSettings saved(ProxyId id) {
    return store.settings().settings(id).orElseThrow();
  }

  /** Ends all event streams, as before a stop. */
  public void endStreams() {
    servlet.endStreams();
  }

  public void stop() throws Exception {
    server.stop();
    feed.close();
    store.close();
  }
}
