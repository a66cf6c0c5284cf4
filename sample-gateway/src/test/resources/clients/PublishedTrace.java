import generated.ApiClient;
import generated.api.ApiProxyApi;
import generated.model.LogApiProxy;
import generated.model.TraceSettingsDTO;
import java.time.OffsetDateTime;

/** A trace as a program sets it whose client knows the published form of the settings alone. */
final class PublishedTrace {

  private static final String PROJECT = "MyProject";
  private static final String PROXY = "MyAPI";

  private PublishedTrace() {}

  public static void main(String[] arguments) throws Exception {
    ApiClient client = new ApiClient();
    client.updateBaseUri(arguments[0]);
    client.setRequestInterceptor(
        request -> request.setHeader("Authorization", "Bearer " + arguments[2]));
    ApiProxyApi proxies = new ApiProxyApi(client);
    OffsetDateTime start = OffsetDateTime.now().minusMinutes(1);
    LogApiProxy settings =
        new LogApiProxy()
            .enableTraceLog(true)
            .startTime(start)
            .stopTime(start.plusHours(24))
            .environmentName("production");
    proxies.updateTraceSettings(PROJECT, PROXY, new TraceSettingsDTO().logApiProxy(settings), null, null);
    require(proxies.getTraceSettings(PROJECT, PROXY).getResultList().get(0).getRedeployRequired());
    LogApiProxy deploy =
        new LogApiProxy().deploy(true).addDeployTargetEnvironmentNameListItem("production");
    require(
        proxies.updateTraceSettings(PROJECT, PROXY, new TraceSettingsDTO().logApiProxy(deploy), null, null)
            .getDeploymentResult()
            .getSuccess());
    require(
        proxies.getTraceSettings(PROJECT, PROXY).getResultList().get(0).getInForce().get(0).getActive());
    System.out.println("The life cycle is complete");
  }

  private static void require(boolean condition) {
    if (!condition) {
      throw new AssertionError();
    }
  }
}
