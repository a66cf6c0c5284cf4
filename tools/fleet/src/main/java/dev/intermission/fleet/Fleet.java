package dev.intermission.fleet;

import dev.intermission.admin.access.AccessTokens;
import dev.intermission.gateway.demo.DemoConfig;
import dev.intermission.gateway.demo.DemoUpstream;
import dev.intermission.postgres.LocalPostgres;
import dev.intermission.postgres.PostgresBinaries;
import dev.intermission.runtime.OwnerOnly;
import dev.intermission.store.JdbcStore;
import dev.intermission.store.StoreConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * PostgreSQL and an upstream in this process, and admin nodes and gateway nodes as processes of
 * their own. One thread at a time.
 */
final class Fleet implements AutoCloseable {

  private static final Duration TO_START = Duration.ofMinutes(3);

  private final LocalPostgres postgres;
  private final DemoUpstream upstream;
  private final List<FleetNode> admins = new ArrayList<>();
  private final List<FleetNode> gateways = new ArrayList<>();
  private final List<FleetNode> others = new ArrayList<>();
  private final Path folder;
  private final String token;
  private final String nodeToken = AccessTokens.newSecret();

  private Fleet(LocalPostgres postgres, DemoUpstream upstream, Path folder, String token) {
    this.postgres = postgres;
    this.upstream = upstream;
    this.folder = folder;
    this.token = token;
  }

  /**
   * Starts all processes, and returns when each node is ready.
   *
   * @param data the folder for all files
   * @param adminToken a token of the user admin, or null for a new one
   * @throws FleetException if a node does not get ready
   */
  static Fleet start(
      Path data, FleetPorts ports, int adminCount, int gatewayCount, @Nullable String adminToken)
      throws Exception {
    return start(data, ports, adminCount, gatewayCount, adminToken, 0);
  }

  /**
   * Starts a fleet with more APIs: {@code many-0} and so on, at {@code /many/0} and so on, all in
   * the category {@code many} and deployed in production.
   *
   * @param more how many
   */
  static Fleet start(
      Path data,
      FleetPorts ports,
      int adminCount,
      int gatewayCount,
      @Nullable String adminToken,
      int more)
      throws Exception {
    Path folder = Files.createDirectories(data).toRealPath();
    Fleet fleet =
        new Fleet(
            LocalPostgres.start(
                PostgresBinaries.unpack(folder.resolve("postgres-programs")),
                folder.resolve("postgres"),
                0),
            new DemoUpstream(DemoConfig.paths()),
            folder,
            adminToken == null ? AccessTokens.newSecret() : adminToken);
    try {
      fleet.startNodes(ports, adminCount, gatewayCount, more);
      return fleet;
    } catch (Exception | Error e) {
      fleet.close();
      throw e;
    }
  }

  private void startNodes(FleetPorts ports, int adminCount, int gatewayCount, int more)
      throws Exception {
    Path config = folder.resolve("fleet.yaml");
    Files.writeString(config, yaml(upstream, more));
    for (int number = 0; number < adminCount; number++) {
      admins.add(adminNode(config, number, ports.admin().applyAsInt(number)));
      admins.get(number).start();
    }
    for (FleetNode admin : admins) {
      admin.awaitReady(TO_START);
    }
    try (JdbcStore store = JdbcStore.openExisting(store(), Clock.systemUTC())) {
      new AccessTokens(store.tokens(), Clock.systemUTC()).keep("node", nodeToken);
    }
    for (int number = 0; number < gatewayCount; number++) {
      gateways.add(
          gatewayNode(
              "gateway-" + (number + 1),
              ports.traffic().applyAsInt(number),
              ports.probes().applyAsInt(number),
              "production",
              feed()));
      gateways.get(number).start();
    }
    for (FleetNode gateway : gateways) {
      gateway.awaitReady(TO_START);
    }
  }

  /** Returns the addresses of the admin nodes for gateway nodes. */
  List<String> feed() {
    return admins.stream().map(FleetNode::adminUrl).toList();
  }

  private StoreConfig store() {
    return new StoreConfig(postgres.url("postgres"));
  }

  /** Writes a secret where a node, started from here or by hand, finds it; returns the file. */
  private String secretFile(String name, String secret) throws IOException {
    Path file = folder.resolve(name);
    OwnerOnly.create(file);
    OwnerOnly.tighten(List.of(file));
    Files.writeString(file, secret);
    return file.toString();
  }

  private FleetNode adminNode(Path config, int number, int port) throws IOException {
    String name = "admin-" + (number + 1);
    Map<String, String> variables = new HashMap<>();
    variables.put("INTERMISSION_DATABASE_FILE", secretFile("database-url", store().jdbcUrl()));
    variables.put("INTERMISSION_ADMIN_TOKEN_FILE", secretFile("admin-token", token));
    return new FleetNode(
        name,
        port,
        0,
        List.of(
            "serve",
            "--config=" + config,
            "--role=admin",
            "--admin-port=" + port,
            "--data=" + folder.resolve(name)),
        variables,
        folder.resolve(name + ".log"));
  }

  /**
   * Starts one more gateway node; the node becomes ready some time later.
   *
   * @param feed the addresses where it finds admin nodes
   */
  FleetNode startGateway(String name, int port, int probes, String environment, List<String> feed)
      throws IOException {
    FleetNode node = gatewayNode(name, port, probes, environment, feed);
    others.add(node);
    node.start();
    return node;
  }

  private FleetNode gatewayNode(
      String name, int port, int probes, String environment, List<String> feed) throws IOException {
    return new FleetNode(
        name,
        probes,
        port,
        List.of(
            "serve",
            "--role=gateway",
            "--node=" + name,
            "--host=127.0.0.1",
            "--port=" + port,
            "--admin-port=" + probes,
            "--environment=" + environment,
            "--feed=" + String.join(",", feed),
            "--data=" + folder.resolve(name)),
        Map.of("INTERMISSION_FEED_TOKEN_FILE", secretFile("node-token", nodeToken)),
        folder.resolve(name + ".log"));
  }

  private static String yaml(DemoUpstream upstream, int more) {
    StringBuilder yaml =
        new StringBuilder(
            """
            environments: [production, staging, test]
            users:
              admin: {systemAdministrator: true}
              operator: {rights: {MyProject: [MANAGE, DEPLOY_UNDEPLOY, VIEW]}}
              viewer: {rights: {MyProject: [VIEW]}}
              node: {follows: [production, staging, test]}
            projects:
              MyProject:
                proxies:
            """);
    Map<String, String> paths =
        Map.of("MyAPI", "/api/v1", "petstore-api", "/petstore", "orders-api", "/orders");
    paths.forEach(
        (name, path) ->
            yaml.append(
                String.format(
                    Locale.ROOT,
                    """
                          %s:
                            relativePathList: [%s]
                            routingAddressList: [{address: "%s"}]
                            deployTo: [production, staging, test]
                    """,
                    name,
                    path,
                    upstream.address(path))));
    for (int i = 0; i < more; i++) {
      yaml.append(
          String.format(
              Locale.ROOT,
              """
                    many-%d:
                      relativePathList: [/many/%d]
                      routingAddressList: [{address: "%s"}]
                      categoryList: [many]
                      deployTo: [production]
              """,
              i,
              i,
              upstream.address("/orders")));
    }
    return yaml.toString();
  }

  /** Returns a token of the user admin. */
  String token() {
    return token;
  }

  LocalPostgres postgres() {
    return postgres;
  }

  FleetNode admin(int number) {
    return admins.get(number);
  }

  FleetNode gateway(int number) {
    return gateways.get(number);
  }

  /** Returns all nodes, admin nodes first. */
  List<FleetNode> nodes() {
    return Stream.concat(admins.stream(), gateways.stream()).toList();
  }

  /** Stops the gateway nodes, then the admin nodes, then the rest; their files stay. */
  @Override
  public void close() throws IOException {
    for (List<FleetNode> nodes : List.of(others, gateways, admins)) {
      nodes.forEach(FleetNode::stop);
      nodes.forEach(FleetNode::awaitStopped);
    }
    upstream.close();
    postgres.close();
  }
}
