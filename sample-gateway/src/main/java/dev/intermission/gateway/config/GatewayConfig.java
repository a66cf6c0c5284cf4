package dev.intermission.gateway.config;

import dev.intermission.api.AddressRange;
import dev.intermission.feed.FeedProtocol;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The complete configuration of a gateway.
 *
 * @param role which part of it runs in this process
 * @param environment the environment that it serves, one of the catalog's where that is known
 * @param node the name of this node, or null for the name of this machine and the port
 * @param front what puts the gate before the requests
 * @param data the folder for its files
 * @param database the JDBC URL of the store, or null for an SQLite file in the data folder
 * @param shutdownDelay how long it goes on as before when it is told to stop; {@code /readyz} says
 *     already that it stops
 * @param shutdownTimeout how long requests in flight may take to finish when it is stopped
 * @param traffic where clients come in
 * @param trustedProxies whose word on the clients before them is believed there
 * @param drainTimeout how long requests and tunnels in flight to an API that is closed may go on,
 *     or null for as long as they like
 * @param log where the traffic log goes
 * @param admin where the management API is
 * @param metrics who may read the meters there
 * @param upstream how it speaks to upstreams
 * @param feed whom the role {@link Role#GATEWAY} follows
 * @param catalog what exists; empty for the role {@link Role#GATEWAY}, which learns it from the
 *     feed
 */
public record GatewayConfig(
    Role role,
    String environment,
    @Nullable String node,
    Front front,
    Path data,
    @Nullable String database,
    Duration shutdownDelay,
    Duration shutdownTimeout,
    ListenerConfig traffic,
    List<AddressRange> trustedProxies,
    @Nullable Duration drainTimeout,
    LogConfig log,
    ListenerConfig admin,
    MetricsAccess metrics,
    UpstreamConfig upstream,
    FeedConfig feed,
    YamlCatalog catalog) {

  /** The default environment. */
  public static final String ENVIRONMENT = "production";

  /** The default data folder. */
  public static final Path DATA = Path.of("data");

  /** How long it goes on when it is told to stop, where nothing is said. */
  public static final Duration SHUTDOWN_DELAY = Duration.ZERO;

  /** The default shutdown time-out. */
  public static final Duration SHUTDOWN_TIMEOUT = Duration.ofSeconds(30);

  /**
   * @throws IllegalArgumentException if the catalog lacks the environment, or the role lacks what
   *     it needs
   */
  public GatewayConfig {
    trustedProxies = List.copyOf(trustedProxies);
    requireFeed(role, feed);
    requireEnvironment(role, environment, catalog);
    requireNode(node);
    requireMetrics(role, metrics);
    requireAccessLog(role, environment, log);
  }

  static void requireAccessLog(Role role, String environment, LogConfig log) {
    if (role.hasTrafficSide()) {
      log.requireAccessLogIn(environment);
    }
  }

  static void requireFeed(Role role, FeedConfig feed) {
    if (role == Role.GATEWAY && feed.admins().isEmpty()) {
      throw new KeyFault(
          "feed", "found nothing; the role gateway needs the address of an admin node at least");
    }
    if (role != Role.GATEWAY && !feed.admins().isEmpty()) {
      throw new KeyFault(
          "feed", "found " + feed.admins() + "; only the role gateway follows others");
    }
  }

  static void requireEnvironment(Role role, String environment, YamlCatalog catalog) {
    if (role == Role.ALL && !catalog.environments().contains(environment)) {
      throw new KeyFault(
          "environment",
          String.format(
              Locale.ROOT,
              "found '%s', allowed are the configured environments %s",
              environment,
              new TreeSet<>(catalog.environments())));
    }
  }

  static void requireNode(@Nullable String node) {
    if (node != null && !FeedProtocol.isNodeName(node)) {
      throw new KeyFault(
          "node", "found '" + node + "', allowed are " + FeedProtocol.NODE_NAME_FORM);
    }
  }

  static void requireMetrics(Role role, MetricsAccess metrics) {
    if (role == Role.GATEWAY && metrics == MetricsAccess.TOKEN) {
      throw new KeyFault(
          "admin.metrics",
          "found 'token', allowed are 'open' and 'off'; the role gateway knows no users and their tokens");
    }
  }

  /** Leaves out the database's URL, which may hold a password, and the catalog, which is long. */
  @Override
  public String toString() {
    return "GatewayConfig[" + role + " of " + environment + " in " + data + "]";
  }
}
