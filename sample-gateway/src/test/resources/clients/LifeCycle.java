import generated.ApiClient;
import generated.ApiException;
import generated.api.ApiProxyApi;
import generated.api.AuthApi;
import generated.api.EnvironmentApi;
import generated.api.ProjectApi;
import generated.api.TrafficLogSettingsApi;
import generated.model.ApiProxyTrafficLogSettings;
import generated.model.AuditEntry;
import generated.model.ConnectorLogSettings;
import generated.model.DeployHistory;
import generated.model.DeployStatus;
import generated.model.DeploymentRequest;
import generated.model.LogApiProxy;
import generated.model.MaintenanceModePatch;
import generated.model.MaintenanceSettings;
import generated.model.TraceInForce;
import generated.model.TraceLine;
import generated.model.TraceRecord;
import generated.model.TraceSettings;
import generated.model.TraceSettingsDTO;
import generated.model.TrafficLogPatch;
import generated.model.TrafficLogPatchItem;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.OffsetDateTime;
import java.util.List;

/** A maintenance from its beginning to its end, as a program sees it that uses the generated client. */
final class LifeCycle {

  private static final String PROJECT = "MyProject";
  private static final String PROXY = "MyAPI";
  private static final String ENVIRONMENT = "production";

  private final String traffic;
  private final ApiProxyApi proxies;
  private final TrafficLogSettingsApi logs;

  private LifeCycle(ApiClient client, String traffic) {
    this.traffic = traffic;
    proxies = new ApiProxyApi(client);
    logs = new TrafficLogSettingsApi(client);
  }

  public static void main(String[] arguments) throws Exception {
    ApiClient client = new ApiClient();
    client.updateBaseUri(arguments[0]);
    client.setRequestInterceptor(
        request -> request.setHeader("Authorization", "Bearer " + arguments[2]));
    equal("admin", new AuthApi(client).getMe().getResultList().get(0).getUsername());
    equal(PROJECT, new ProjectApi(client).listProjects().getResultList().get(0).getName());
    equal(2, new EnvironmentApi(client).listEnvironmentsOfProject(PROJECT).getResultCount());
    LifeCycle cycle = new LifeCycle(client, arguments[1]);
    cycle.close();
    cycle.undeployAndDeploy();
    cycle.rollBack();
    cycle.lookBack();
    cycle.log();
    cycle.trace();
    cycle.fail();
    System.out.println("The life cycle is complete");
  }

  private void close() throws Exception {
    equal(PROXY, proxies.listApiProxies(PROJECT).getResultList().get(0).getName());
    equal(
        "/*",
        proxies.getApiProxy(PROJECT, PROXY, true).getResultList().get(0).getEndpointList().get(0).getEndpoint());
    MaintenanceModePatch patch =
        new MaintenanceModePatch()
            .enabled(true)
            .httpStatusCode(503)
            .contentType("text/plain")
            .message("Back at six")
            .deploy(true)
            .addDeployTargetEnvironmentNameListItem(ENVIRONMENT);
    equal(
        true,
        proxies.updateMaintenanceMode(PROJECT, PROXY, patch, null, null, null, null, null, null, null, null, null).getDeploymentResult().getSuccess());
    MaintenanceSettings saved =
        proxies.getMaintenanceMode(PROJECT, PROXY, null, null).getResultList().get(0);
    equal("Back at six", saved.getMessage());
    equal(503, status());
    equal(
        true,
        proxies.getApiProxyRouteHealth(PROJECT, PROXY, ENVIRONMENT, null).getResultList().get(0).getPods().get(0)
            .getMaintenanceMode().getEnabled());
    equal(
        List.of("/api/v1"),
        proxies.getApiProxyInvokeInfo(PROJECT, PROXY).getResultList().get(0).getFullPaths());
  }

  private void undeployAndDeploy() throws Exception {
    DeploymentRequest request = new DeploymentRequest().description("By a generated client");
    proxies.undeployApiProxy(PROJECT, PROXY, ENVIRONMENT, null, null, null, null, null, null, null, null, null, request);
    equal(404, status());
    equal(false, deployStatus().getDeployed());
    proxies.deployApiProxy(PROJECT, PROXY, ENVIRONMENT, null, null, null, null, null, null, null, null, null, request);
    equal(503, status());
    equal(true, deployStatus().getDeployed());
    equal(false, deployStatus().getRedeployRequired());
  }

  private void rollBack() throws Exception {
    List<DeployHistory> records = proxies.listDeployHistories(PROJECT, PROXY).getResultList();
    equal("By a generated client", records.get(0).getDescription());
    DeployHistory first = records.get(records.size() - 1);
    equal(
        false,
        proxies.getDeployHistory(PROJECT, PROXY, first.getRevision()).getResultList().get(0).getSettings().getEnabled());
    equal(
        "API Proxy rolled back successfully to deploy history revision ("
            + first.getRevision()
            + "). Deployed to environment: production",
        proxies.rollBackToDeployHistory(PROJECT, PROXY, first.getRevision(), ENVIRONMENT, null, null, null, null, null, null, null, null, null)
            .getResultMessage());
    equal(200, status());
    proxies.deleteDeployHistory(PROJECT, PROXY, first.getRevision(), null, null);
    equal(records.size(), proxies.listDeployHistories(PROJECT, PROXY).getResultCount());
  }

  private void lookBack() throws Exception {
    AuditEntry newest = proxies.listAuditEntries(PROJECT, PROXY, 1).getResultList().get(0);
    equal(AuditEntry.ActionEnum.HISTORY_DELETED, newest.getAction());
    equal("admin", newest.getUsername());
  }

  private void log() throws Exception {
    String connection = "access-log";
    equal(0, logs.findAllTrafficLogSettings(PROJECT, PROXY).getResultCount());
    ApiProxyTrafficLogSettings settings =
        logs.updateTrafficLogSettingsByEnvironment(
                PROJECT,
                PROXY,
                ENVIRONMENT,
                new ApiProxyTrafficLogSettings()
                    .putConnectorSettingsMapItem(
                        connection, new ConnectorLogSettings().enabled(true).sizeBodyToClient(100)),
                null,
                null)
            .getResultList()
            .get(0);
    equal(true, settings.getLogHeaderRequestFromClient());
    equal(false, settings.getLogBodyRequestFromClient());
    logs.updateTrafficLogSettingsByEnvironment(PROJECT, PROXY, ENVIRONMENT, settings, null, null);
    logs.updateTrafficLogMethodOverride(
        PROJECT, PROXY, ENVIRONMENT, "LOGBACK_APPEND", "POST", new ConnectorLogSettings().logBodyRequestFromClient(true), null, null);
    settings = logs.findTrafficLogSettingsByEnvironment(PROJECT, PROXY, ENVIRONMENT, null, null).getResultList().get(0);
    equal("POST", settings.getMethodOverrideList().get(0).getApiMethodName());
    equal(100, settings.getConnectorSettingsMap().get(connection).getSizeBodyToClient());
    logs.deleteTrafficLogMethodOverride(PROJECT, PROXY, ENVIRONMENT, connection, "POST", null, null);
    proxies.updateTrafficLogSettings(
        PROJECT,
        PROXY,
        new TrafficLogPatch()
            .addApiProxyTrafficLogSettingsListItem(
                new TrafficLogPatchItem().environmentName(ENVIRONMENT).enableLogbackConnector(false)),
        null,
        null);
    settings = logs.findAllTrafficLogSettings(PROJECT, PROXY).getResultList().get(0);
    equal(0, settings.getMethodOverrideList().size());
    equal(false, settings.getConnectorSettingsMap().get(connection).getEnabled());
  }

  /** Records a request, in both forms of the settings. */
  private void trace() throws Exception {
    TraceSettingsDTO on =
        new TraceSettingsDTO()
            .enableTraceLog(true)
            .environmentName(ENVIRONMENT)
            .deploy(true)
            .addDeployTargetEnvironmentNameListItem(ENVIRONMENT);
    equal(
        true,
        proxies.updateTraceSettings(PROJECT, PROXY, on, null, null).getDeploymentResult().getSuccess());
    TraceInForce window = traceSettings().getInForce().get(0);
    equal(true, window.getActive());
    equal(window.getStartTime().plusMinutes(5), window.getStopTime());
    equal(200, status());
    TraceLine line = recorded().get(0);
    equal("/api/v1/orders", line.getPath());
    TraceRecord record = proxies.getTrace(PROJECT, PROXY, line.getId()).getResultList().get(0);
    equal("GET", record.getToTarget().getMethod());
    equal(200, record.getFromTarget().getStatus());

    OffsetDateTime start = OffsetDateTime.parse("2026-07-01T12:00:00+02:00");
    LogApiProxy off =
        new LogApiProxy()
            .enableTraceLog(false)
            .startTime(start)
            .stopTime(start.plusDays(1))
            .deploy(true)
            .addDeployTargetEnvironmentNameListItem(ENVIRONMENT);
    proxies.updateTraceSettings(PROJECT, PROXY, new TraceSettingsDTO().logApiProxy(off), null, null);
    TraceSettings settings = traceSettings();
    equal(false, settings.getEnableTraceLog());
    equal(start.toInstant(), settings.getStartTime().toInstant());
    equal(0, settings.getInForce().size());
    equal(
        AuditEntry.ActionEnum.TRACE_CHANGED,
        proxies.listAuditEntries(PROJECT, PROXY, 2).getResultList().get(1).getAction());
    proxies.deleteTraces(PROJECT, PROXY, null, null);
  }

  private TraceSettings traceSettings() throws ApiException {
    return proxies.getTraceSettings(PROJECT, PROXY).getResultList().get(0);
  }

  /** Gateways send records in the background. */
  private List<TraceLine> recorded() throws Exception {
    long start = System.nanoTime();
    List<TraceLine> lines = List.of();
    while (lines.isEmpty() && System.nanoTime() - start < 30_000_000_000L) {
      lines =
          proxies.listTraces(PROJECT, PROXY, null, null, ENVIRONMENT, 200, null, "/api", null, null)
              .getResultList();
    }
    return lines;
  }

  private void fail() {
    try {
      proxies.getApiProxy(PROJECT, "Nothing", null);
      throw new AssertionError("An unknown API proxy was found");
    } catch (ApiException e) {
      equal(400, e.getCode());
      equal(true, e.getResponseBody().contains("ApiProxy (name: Nothing) was not found!"));
    }
  }

  private DeployStatus deployStatus() throws ApiException {
    return proxies.getApiProxyDeployStatus(PROJECT, PROXY, ENVIRONMENT).getResultList().get(0);
  }

  private int status() throws Exception {
    HttpRequest request = HttpRequest.newBuilder(URI.create(traffic + "/api/v1/orders")).build();
    return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString()).statusCode();
  }

  private static void equal(Object expected, Object found) {
    if (!expected.equals(found)) {
      throw new AssertionError("expected " + expected + ", found " + found);
    }
  }
}
