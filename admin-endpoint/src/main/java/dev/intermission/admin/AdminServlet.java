package dev.intermission.admin;

import dev.intermission.admin.access.AccessTokens;
import dev.intermission.admin.access.Admission;
import dev.intermission.admin.access.ClientCredentials;
import dev.intermission.admin.access.MeResource;
import dev.intermission.admin.access.TokenResource;
import dev.intermission.admin.audit.AuditResource;
import dev.intermission.admin.catalog.AccessUrls;
import dev.intermission.admin.catalog.ApiProxiesResource;
import dev.intermission.admin.catalog.ApiProxyResource;
import dev.intermission.admin.catalog.EnvironmentsResource;
import dev.intermission.admin.catalog.InvokeInfoResource;
import dev.intermission.admin.catalog.ProjectsResource;
import dev.intermission.admin.change.DryRuns;
import dev.intermission.admin.deployment.DeployStatusResource;
import dev.intermission.admin.deployment.DeploymentResource;
import dev.intermission.admin.deployment.Deployments;
import dev.intermission.admin.deployment.HistoryRecordResource;
import dev.intermission.admin.deployment.HistoryResource;
import dev.intermission.admin.deployment.RollbackResource;
import dev.intermission.admin.health.RouteHealthResource;
import dev.intermission.admin.http.Call;
import dev.intermission.admin.http.PathPattern;
import dev.intermission.admin.http.Refusal;
import dev.intermission.admin.http.Reply;
import dev.intermission.admin.http.Resource;
import dev.intermission.admin.maintenance.BypassTokenResource;
import dev.intermission.admin.maintenance.BypassTokensResource;
import dev.intermission.admin.maintenance.MaintenanceModeResource;
import dev.intermission.admin.openapi.OpenApiResource;
import dev.intermission.admin.operation.OperationCalls;
import dev.intermission.admin.overview.OverviewCalls;
import dev.intermission.admin.reload.ReloadResource;
import dev.intermission.admin.reload.Reloading;
import dev.intermission.admin.trace.TraceSettingsCalls;
import dev.intermission.admin.trace.TracesCalls;
import dev.intermission.admin.trafficlog.TrafficLogCalls;
import dev.intermission.api.CorrelationId;
import dev.intermission.api.store.ProxyOverview;
import dev.intermission.api.store.SettingsStore;
import dev.intermission.api.store.TokenStore;
import dev.intermission.feed.server.AdminFeed;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The management API (docs/contract.md). Map it to {@code /apiops/*}, with async support, and load
 * it at the start, since it begins to read the overview then. It reads the request URI as the
 * client sent it, since an encoded slash is part of a name there: the container must let such a URI
 * in (in Jetty {@code UriCompliance} and {@code setDecodeAmbiguousURIs(true)}), and must not read
 * the body or parameters before. It writes one log line for each change, which says what was
 * changed by whom, and one for each change that was refused to a known user; those that were
 * refused to others have one line a minute. A line never has a body or token. A request that
 * deploys keeps its thread until the gateways have taken the deployment.
 */
public final class AdminServlet extends HttpServlet {

  private static final long serialVersionUID = 1L;

  private final transient CallLog log = new CallLog();
  private final transient FailedCalls failures = new FailedCalls(log);
  private final transient List<Endpoint> endpoints;
  private final transient OverviewCalls overview;
  private final transient RouteHealthResource routeHealth;
  private final transient TracesCalls traces;
  private final transient @Nullable Resource reload;
  private final int bodyLimit;

  /**
   * Makes the management API of these stores.
   *
   * @param feed is notified of each deployment, and asked which nodes serve it; not closed by this
   *     servlet
   * @param clock decides whether a token is expired
   */
  public AdminServlet(AdminStores stores, AdminFeed feed, AdminOptions options, Clock clock) {
    this(stores, feed, options, clock, null);
  }

  /**
   * Serves the reload too, at {@link ReloadResource#PATH}, which this servlet must be mapped to
   * then.
   *
   * @param reloading what reads the host's configuration again, or null for a host that can't
   */
  public AdminServlet(
      AdminStores stores,
      AdminFeed feed,
      AdminOptions options,
      Clock clock,
      @Nullable Reloading reloading) {
    SettingsStore settings = stores.settings();
    TokenStore tokens = stores.tokens();
    AccessTokens accessTokens = new AccessTokens(tokens, clock);
    Admission admission = new Admission(accessTokens, settings);
    Deployments deployments =
        new Deployments(settings, stores.history(), feed, options.deployTimeout());
    DryRuns dryRuns = new DryRuns(settings, feed, clock);
    AccessUrls accessUrls = new AccessUrls(options.accessUrls());
    String proxies = "projects/{project}/apiProxies";
    String proxy = proxies + "/{proxy}";
    String environment = proxy + "/environments/{environment}";
    String bypassTokens = proxy + "/settings/maintenance-mode/bypass-tokens";
    String histories = proxy + "/deploy-histories";
    routeHealth = new RouteHealthResource(admission, settings, stores.history(), feed, clock);
    endpoints = new ArrayList<>();
    add(
        new OperationCalls(
                admission,
                settings,
                stores.operations(),
                deployments,
                dryRuns,
                options.messageLimit(),
                clock)
            .resources());
    add(
        new TrafficLogCalls(admission, settings, deployments, options.logConnections())
            .resources(proxy));
    traces = new TracesCalls(admission, settings, stores.traces(), clock);
    add(traces.resources(proxy));
    add(new TraceSettingsCalls(admission, settings, deployments, clock).resources(proxy));
    overview = new OverviewCalls(admission, settings, feed, clock);
    add(overview.resources());
    endpoints.addAll(
        List.of(
            new Endpoint(
                "auth/token",
                new TokenResource(
                    new ClientCredentials(tokens, options.attemptLimits()),
                    accessTokens,
                    options.tokenLifetime())),
            new Endpoint("me", new MeResource(admission, settings)),
            new Endpoint(
                "environments",
                new EnvironmentsResource(
                    admission::requireSystemAdministrator, settings, accessUrls)),
            new Endpoint("projects", new ProjectsResource(admission, settings)),
            new Endpoint(
                "projects/{project}/environments",
                new EnvironmentsResource(admission::member, settings, accessUrls)),
            new Endpoint(proxies, new ApiProxiesResource(admission, settings, clock)),
            new Endpoint(proxy, new ApiProxyResource(admission, settings, clock)),
            new Endpoint(
                proxy + "/invoke-info", new InvokeInfoResource(admission, settings, accessUrls)),
            new Endpoint(
                proxy + "/settings/maintenance-mode",
                new MaintenanceModeResource(
                    admission, settings, deployments, dryRuns, options.messageLimit(), clock)),
            new Endpoint(
                bypassTokens, new BypassTokensResource(admission, settings, deployments, clock)),
            new Endpoint(
                bypassTokens + "/{bypassToken}",
                new BypassTokenResource(admission, settings, deployments, clock)),
            new Endpoint(
                environment,
                new DeploymentResource(admission, settings, deployments, dryRuns, clock)),
            new Endpoint(
                environment + "/deploy-status",
                new DeployStatusResource(admission, settings, clock)),
            new Endpoint(environment + "/route-health", routeHealth),
            new Endpoint(
                histories, new HistoryResource(admission, stores.history(), settings, clock)),
            new Endpoint(
                histories + "/{revision}",
                new HistoryRecordResource(admission, stores.history(), settings, clock)),
            new Endpoint(
                histories + "/{revision}/rollback",
                new RollbackResource(admission, settings, deployments, dryRuns, clock)),
            new Endpoint(proxy + "/audit", new AuditResource(admission, stores.audit())),
            new Endpoint("openapi.yaml", OpenApiResource.yaml()),
            new Endpoint("openapi.json", OpenApiResource.json())));
    reload = reloading == null ? null : new ReloadResource(admission, reloading);
    bodyLimit = options.bodyLimit();
  }

  private void add(Map<String, Resource> resources) {
    resources.forEach((path, resource) -> endpoints.add(new Endpoint(path, resource)));
  }

  /**
   * Reads the overview, so that the first call for it finds it in memory, and begins to delete
   * traced requests that are too old.
   */
  @Override
  public void init() {
    overview.start();
    traces.start();
  }

  /**
   * Returns how all proxies stand now, ordered by project and name; for what tells it in other ways
   * than the management API. The first call reads all of them.
   *
   * @throws dev.intermission.api.store.StoreUnavailableException if the store can't be read
   */
  public Collection<ProxyOverview> proxies() {
    return overview.proxies();
  }

  /**
   * Ends the event streams, so that their clients turn to another admin node, and lets no other
   * begin; answers the calls that wait for something. To be called before a container that waits
   * for requests in flight is stopped.
   */
  public void endStreams() {
    overview.endStreams();
    routeHealth.endWaits();
  }

  @Override
  public void destroy() {
    overview.close();
    routeHealth.close();
    traces.close();
  }

  /** Returns the methods of each path that is served; HEAD and OPTIONS are left out. */
  Map<String, Set<String>> routes() {
    Map<String, Set<String>> routes = new TreeMap<>();
    for (Endpoint endpoint : endpoints) {
      routes.put(endpoint.pattern().toString(), endpoint.resource().actions().keySet());
    }
    if (reload != null) {
      routes.put(ReloadResource.PATH, reload.actions().keySet());
    }
    return routes;
  }

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    String correlationId =
        CorrelationId.of(
            request.getHeader(CorrelationId.HEADER),
            request.getHeader(CorrelationId.PUBLISHED_HEADER));
    Call call = new Call(request, correlationId, bodyLimit);
    Reply reply = failures.replyTo(call, this::dispatch);
    if (reply.body() instanceof Reply.Later later) {
      new LaterReply(call, log, failures).write(later, request);
    } else {
      log.ended(call, reply);
      ReplyWriter.write(reply, call, request, response);
    }
  }

  private Reply dispatch(Call call) throws InterruptedException {
    if (reload != null && call.pathInContext().equals(ReloadResource.PATH)) {
      return reload.answer(call);
    }
    List<String> path = PathPattern.segments(call.pathInContext()).orElseThrow(Refusal::notFound);
    for (Endpoint endpoint : endpoints) {
      Optional<Map<String, String>> names = endpoint.pattern().match(path);
      if (names.isPresent()) {
        call.at(names.get());
        return endpoint.resource().answer(call);
      }
    }
    throw Refusal.notFound();
  }
}
