package dev.intermission.gateway.leak;

import dev.intermission.admin.AdminOptions;
import dev.intermission.admin.AdminServlet;
import dev.intermission.admin.AdminStores;
import dev.intermission.admin.access.AccessTokens;
import dev.intermission.admin.catalog.CatalogFollower;
import dev.intermission.api.SnapshotFeed.Subscription;
import dev.intermission.api.store.Author;
import dev.intermission.api.store.StoreUnavailableException;
import dev.intermission.feed.node.RemoteFeed;
import dev.intermission.feed.node.RemoteFeedOptions;
import dev.intermission.feed.server.AdminFeed;
import dev.intermission.filter.MaintenanceFilter;
import dev.intermission.gate.Gate;
import dev.intermission.gate.GateOptions;
import dev.intermission.gateway.config.ConfigReader;
import dev.intermission.gateway.config.Given;
import dev.intermission.store.JdbcStore;
import dev.intermission.store.StoreConfig;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Driver;
import java.sql.DriverManager;
import java.time.Clock;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * What a web application may use of this project, started and closed again. Returns the names of
 * the JDBC drivers that its class loader has left in the JVM.
 */
public final class EmbeddedParts implements Callable<List<String>> {

  private final Path folder;

  /** Takes a folder for the files. */
  public EmbeddedParts(Path folder) {
    this.folder = folder;
  }

  @Override
  public List<String> call() throws Exception {
    Clock clock = Clock.systemUTC();
    Gate gate = new Gate(GateOptions.DEFAULTS);
    CountDownLatch served = new CountDownLatch(1);
    Path node = Files.createDirectory(folder.resolve("node"));
    try (JdbcStore store = JdbcStore.open(StoreConfig.inFolder(folder), clock)) {
      CatalogFollower follower =
          new CatalogFollower(
              ConfigReader.read(
                      """
                      environments: [production]
                      users: {admin: {systemAdministrator: true}}
                      projects:
                        P:
                          proxies:
                            a:
                              relativePathList: [/a]
                              routingAddressList: [{address: "http://127.0.0.1:1"}]
                              deployTo: [production]
                      """,
                      Given.NOTHING)
                  .catalog(),
              store.settings(),
              new Author("setup", "", "setup"));
      AdminFeed feed = new AdminFeed(store.settings(), "node", store.nodes(), store.changes());
      new AccessTokens(store.tokens(), clock).create("admin", Duration.ofHours(1));
      AdminServlet servlet =
          new AdminServlet(
              new AdminStores(
                  store.settings(),
                  store.history(),
                  store.audit(),
                  store.tokens(),
                  store.operations()),
              feed,
              AdminOptions.DEFAULTS,
              clock);
      MaintenanceFilter filter = new MaintenanceFilter(gate);
      Subscription subscription =
          feed.follow(
              "production",
              snapshot -> {
                gate.publish(snapshot);
                served.countDown();
              });
      RemoteFeed remote =
          new RemoteFeed(
              RemoteFeedOptions.of(List.of(URI.create("http://127.0.0.1:1")), "node", "token"),
              node);
      remote.follow("production", snapshot -> {});
      if (!served.await(1, TimeUnit.MINUTES)) {
        throw new IllegalStateException("no snapshot came");
      }
      remote.close();
      subscription.close();
      filter.destroy();
      servlet.destroy();
      feed.close();
      follower.close();
    }
    requireUnreachable(clock);
    return Collections.list(DriverManager.getDrivers()).stream()
        .map(Driver::getClass)
        .filter(driver -> driver.getClassLoader() == EmbeddedParts.class.getClassLoader())
        .map(Class::getName)
        .toList();
  }

  private static void requireUnreachable(Clock clock) {
    try {
      JdbcStore.open(new StoreConfig("jdbc:postgresql://127.0.0.1:1/none?user=u"), clock).close();
      throw new IllegalStateException("a server answers at port 1");
    } catch (StoreUnavailableException e) {
      // As it should be: the driver is loaded now.
      return;
    }
  }
}
