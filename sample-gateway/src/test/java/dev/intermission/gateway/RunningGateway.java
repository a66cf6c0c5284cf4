package dev.intermission.gateway;

import dev.intermission.admin.openapi.DescribedAnswers;
import dev.intermission.api.AddressRange;
import dev.intermission.api.ApiProxy;
import dev.intermission.api.ProxyId;
import dev.intermission.api.RoutingAddress;
import dev.intermission.api.User;
import dev.intermission.gateway.config.FeedConfig;
import dev.intermission.gateway.config.Front;
import dev.intermission.gateway.config.GatewayConfig;
import dev.intermission.gateway.config.ListenerConfig;
import dev.intermission.gateway.config.LogConfig;
import dev.intermission.gateway.config.MetricsAccess;
import dev.intermission.gateway.config.Role;
import dev.intermission.gateway.config.UpstreamConfig;
import dev.intermission.gateway.config.YamlCatalog;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.eclipse.jetty.server.Handler;
import org.jspecify.annotations.Nullable;

/**
 * A gateway on free ports of the loopback interface, with the store in a folder of the test: all of
 * it, as it is started for its users, but in this process.
 */
public final class RunningGateway implements AutoCloseable {

  /** The environment that it serves; {@value #STAGING} is the other one. */
  public static final String PRODUCTION = "production";

  /** The environment that it does not serve. */
  public static final String STAGING = "staging";

  /** The secret of a token of {@code admin}, the system administrator. */
  public static final String ADMIN_TOKEN = "token-of-admin";

  private final Gateway gateway;

  private RunningGateway(Gateway gateway) {
    this.gateway = gateway;
  }

  /** Starts a gateway with this configuration, and waits until it serves. */
  public static RunningGateway start(GatewayConfig config, Handler... beside) throws Exception {
    return start(config, Clock.systemUTC(), beside);
  }

  /** Starts a gateway by this clock, and waits until it serves. */
  public static RunningGateway start(GatewayConfig config, Clock clock, Handler... beside)
      throws Exception {
    Gateway gateway = Gateway.start(config, new StartTokens(ADMIN_TOKEN, null), clock, beside);
    gateway.awaitReady();
    return new RunningGateway(gateway);
  }

  /**
   * Returns a configuration that suits tests: free ports, short time-outs, the user {@code admin},
   * and these proxies, deployed in production.
   */
  public static GatewayConfig config(Path data, ApiProxy... proxies) {
    Map<ApiProxy, Set<String>> deployed = new LinkedHashMap<>();
    Set<String> projects = new LinkedHashSet<>();
    for (ApiProxy proxy : proxies) {
      deployed.put(proxy, Set.of(PRODUCTION));
      projects.add(proxy.id().project());
    }
    return part(
        data,
        Role.ALL,
        null,
        Front.HANDLER,
        FeedConfig.NONE,
        new YamlCatalog(
            Set.of(PRODUCTION, STAGING),
            projects,
            deployed,
            Set.of(new User("admin", true, Map.of(), null))));
  }

  /** Returns the configuration of a part of a fleet, on free ports of the loopback interface. */
  public static GatewayConfig part(
      Path data,
      Role role,
      @Nullable String node,
      Front front,
      FeedConfig feed,
      YamlCatalog catalog) {
    return new GatewayConfig(
        role,
        PRODUCTION,
        node,
        front,
        data,
        null,
        Duration.ZERO,
        Duration.ofSeconds(30),
        ListenerConfig.ADMIN.at("127.0.0.1", 0),
        List.of(),
        null,
        LogConfig.NONE,
        ListenerConfig.ADMIN.at("127.0.0.1", 0),
        MetricsAccess.OPEN,
        UpstreamConfig.DEFAULTS,
        feed,
        catalog);
  }

  /** Returns the configuration with a name for its node. */
  public static GatewayConfig named(String node, GatewayConfig config) {
    return new GatewayConfig(
        config.role(),
        config.environment(),
        node,
        config.front(),
        config.data(),
        config.database(),
        config.shutdownDelay(),
        config.shutdownTimeout(),
        config.traffic(),
        config.trustedProxies(),
        config.drainTimeout(),
        config.log(),
        config.admin(),
        config.metrics(),
        config.upstream(),
        config.feed(),
        config.catalog());
  }

  /** Returns the configuration with another part. */
  public static GatewayConfig with(
      GatewayConfig config,
      UnaryOperator<ListenerConfig> traffic,
      UnaryOperator<ListenerConfig> admin,
      UnaryOperator<UpstreamConfig> upstream) {
    return copy(
        config,
        config.front(),
        traffic.apply(config.traffic()),
        config.trustedProxies(),
        config.drainTimeout(),
        admin.apply(config.admin()),
        config.metrics(),
        upstream.apply(config.upstream()));
  }

  /** Returns the configuration with a time after which what is in flight to closed APIs ends. */
  public static GatewayConfig draining(@Nullable Duration time, GatewayConfig config) {
    return copy(
        config,
        config.front(),
        config.traffic(),
        config.trustedProxies(),
        time,
        config.admin(),
        config.metrics(),
        config.upstream());
  }

  /** Returns the configuration with another front. */
  public static GatewayConfig behind(Front front, GatewayConfig config) {
    return copy(
        config,
        front,
        config.traffic(),
        config.trustedProxies(),
        config.drainTimeout(),
        config.admin(),
        config.metrics(),
        config.upstream());
  }

  /** Returns the configuration with another traffic log. */
  public static GatewayConfig logging(LogConfig log, GatewayConfig config) {
    return new GatewayConfig(
        config.role(),
        config.environment(),
        config.node(),
        config.front(),
        config.data(),
        config.database(),
        config.shutdownDelay(),
        config.shutdownTimeout(),
        config.traffic(),
        config.trustedProxies(),
        config.drainTimeout(),
        log,
        config.admin(),
        config.metrics(),
        config.upstream(),
        config.feed(),
        config.catalog());
  }

  /** Returns the configuration with proxies before it that are trusted. */
  public static GatewayConfig trusting(GatewayConfig config, AddressRange... trusted) {
    return copy(
        config,
        config.front(),
        config.traffic(),
        List.of(trusted),
        config.drainTimeout(),
        config.admin(),
        config.metrics(),
        config.upstream());
  }

  /** Returns the configuration with other readers of the meters. */
  public static GatewayConfig measured(MetricsAccess metrics, GatewayConfig config) {
    return copy(
        config,
        config.front(),
        config.traffic(),
        config.trustedProxies(),
        config.drainTimeout(),
        config.admin(),
        metrics,
        config.upstream());
  }

  private static GatewayConfig copy(
      GatewayConfig config,
      Front front,
      ListenerConfig traffic,
      List<AddressRange> trusted,
      @Nullable Duration drainTimeout,
      ListenerConfig admin,
      MetricsAccess metrics,
      UpstreamConfig upstream) {
    return new GatewayConfig(
        config.role(),
        config.environment(),
        config.node(),
        front,
        config.data(),
        config.database(),
        config.shutdownDelay(),
        config.shutdownTimeout(),
        traffic,
        trusted,
        drainTimeout,
        config.log(),
        admin,
        metrics,
        upstream,
        config.feed(),
        config.catalog());
  }

  /** Returns a proxy of the project {@code MyProject} at this path, with one upstream address. */
  public static ApiProxy proxy(String name, String path, String address) {
    return ApiProxy.of(
        new ProxyId("MyProject", name), path, new RoutingAddress(URI.create(address), 1, false));
  }

  /** Returns the gateway. */
  public Gateway gateway() {
    return gateway;
  }

  /** Returns the port of clients. */
  public int trafficPort() {
    return gateway.traffic().port();
  }

  /** Returns the port of operators. */
  public int adminPort() {
    return gateway.admin().port();
  }

  /** Sends a GET to the management port, with this token, and returns the answer. */
  public HttpResponse<String> get(String path, String token)
      throws IOException, InterruptedException {
    return described(request(adminPort(), path).header("Authorization", "Bearer " + token).build());
  }

  /** Sends a PATCH of the proxy's maintenance mode as admin, and returns the answer. */
  public HttpResponse<String> patch(ProxyId proxy, String body)
      throws IOException, InterruptedException {
    return described(
        request(
                adminPort(),
                "/apiops/projects/%s/apiProxies/%s/settings/maintenance-mode/"
                    .formatted(proxy.project(), proxy.name()))
            .header("Authorization", "Bearer " + ADMIN_TOKEN)
            .header("Content-Type", "application/json")
            .method("PATCH", HttpRequest.BodyPublishers.ofString(body))
            .build());
  }

  /** Sends a POST with this JSON to the management port as admin, and returns the answer. */
  public HttpResponse<String> post(String path, String body)
      throws IOException, InterruptedException {
    return described(
        request(adminPort(), path)
            .header("Authorization", "Bearer " + ADMIN_TOKEN)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build());
  }

  /** Sends a PUT with this JSON to the management port as admin, and returns the answer. */
  public HttpResponse<String> put(String path, String body)
      throws IOException, InterruptedException {
    return described(
        request(adminPort(), path)
            .header("Authorization", "Bearer " + ADMIN_TOKEN)
            .header("Content-Type", "application/json")
            .PUT(HttpRequest.BodyPublishers.ofString(body))
            .build());
  }

  /** Sends a GET as a client of the gateway, and returns the answer. */
  public HttpResponse<String> call(String path) throws IOException, InterruptedException {
    return send(request(trafficPort(), path).build());
  }

  /** Sends a GET to the management port, without a token, and returns the answer. */
  public HttpResponse<String> probe(String path) throws IOException, InterruptedException {
    return described(request(adminPort(), path).build());
  }

  /** Sends a GET to the meters, with this token if it is not null, and returns the answer. */
  public HttpResponse<String> metrics(@Nullable String token)
      throws IOException, InterruptedException {
    HttpRequest.Builder request = request(adminPort(), "/metrics");
    return send(
        (token == null ? request : request.header("Authorization", "Bearer " + token)).build());
  }

  private static HttpRequest.Builder request(int port, String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
        .timeout(Duration.ofSeconds(30));
  }

  /** Sends it, and checks that the OpenAPI file has such an answer. */
  private static HttpResponse<String> described(HttpRequest request)
      throws IOException, InterruptedException {
    return DescribedAnswers.assertDescribed(send(request));
  }

  private static HttpResponse<String> send(HttpRequest request)
      throws IOException, InterruptedException {
    return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
  }

  /** Stops it. */
  @Override
  public void close() {
    gateway.close();
  }
}
