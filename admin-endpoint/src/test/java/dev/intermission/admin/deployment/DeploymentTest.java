package dev.intermission.admin.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.intermission.admin.AdminTest;
import dev.intermission.admin.Http;
import dev.intermission.admin.TestCatalog;
import dev.intermission.api.DeployedProxy;
import dev.intermission.api.Snapshot;
import dev.intermission.api.SnapshotFeed;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Deploying, undeploying, and what the reads say of it, with a live gateway in production. */
class DeploymentTest extends AdminTest {

  private static final String OPEN =
      "{\"closed\":false,\"enabled\":false,\"startsAt\":null,\"endsAt\":null,\"reopenAtEnd\":false,\"httpStatusCode\":403}";
  private static final String IDLE =
      "\"deploymentList\":[{\"environmentName\":\"idle\",\"deployed\":false,\"redeployRequired\":false},"
          + "{\"environmentName\":\"production\",";
  private static final String STAGED =
      "},{\"environmentName\":\"staging\",\"deployed\":false,\"redeployRequired\":false}]";
  private static final String DEPLOYMENTS =
      IDLE + "\"deployed\":true,\"redeployRequired\":false,\"maintenance\":" + OPEN + STAGED;
  private static final String NO_DEPLOYMENTS =
      IDLE + "\"deployed\":false,\"redeployRequired\":false" + STAGED;

  private static final String DEPLOYED =
      "{\"status\":\"SUCCESS\",\"success\":true,\"deploymentResult\":{\"success\":true,\"responseTime\":0,\"detailList\":["
          + "{\"envName\":\"production\",\"podName\":\"gateway-1\",\"podIp\":\"127.0.0.1\",\"success\":true,\"detail\":\"Deployment successful\",\"responseTime\":0}],"
          + "\"deploymentResults\":[{\"environmentName\":\"production\",\"success\":true,\"message\":\"Deployment successful\"}]}}";

  private volatile Snapshot served = Snapshot.empty("production");

  private SnapshotFeed.Subscription startGateway() {
    SnapshotFeed.Subscription gateway =
        server.feed.follow("production", snapshot -> served = snapshot);
    await().until(() -> served.version() == 1);
    return gateway;
  }

  private DeployedProxy inForce() {
    return Objects.requireNonNull(served.proxies().get(TestCatalog.MY_API));
  }

  private void assertDeploymentList(String entry) throws Exception {
    assertThat(get(PROXY).body()).contains("{\"environmentName\":" + entry);
  }

  @Test
  void aPatchTakesEffectOnRedeploy() throws Exception {
    try (SnapshotFeed.Subscription gateway = startGateway()) {
      assertThat(gateway).isNotNull();
      assertThat(patch("{\"enabled\":true}").body()).satisfies(AdminTest::assertSaved);
      assertThat(inForce().settings().enabled()).isFalse();
      assertDeploymentList("\"production\",\"deployed\":true,\"redeployRequired\":true");
      assertDeploymentList("\"staging\",\"deployed\":false,\"redeployRequired\":false");

      assertThat(timeless(post(PRODUCTION).body())).isEqualTo(DEPLOYED);
      assertThat(inForce().settings().enabled()).isTrue();
      assertThat(inForce().revision()).isEqualTo(2);
      assertDeploymentList("\"production\",\"deployed\":true,\"redeployRequired\":false");

      patch("{\"enabled\":false}");
      assertDeploymentList("\"production\",\"deployed\":true,\"redeployRequired\":true");
      patch("{\"enabled\":true}");
      assertDeploymentList("\"production\",\"deployed\":true,\"redeployRequired\":false");
    }
  }

  @Test
  void theDocumentedPatchSavesAndDeploys() throws Exception {
    try (SnapshotFeed.Subscription gateway = startGateway()) {
      assertThat(gateway).isNotNull();
      Http.Answer answer =
          patch(
              """
              {"enabled": true, "httpStatusCode": 503, "contentType": "application/json; charset=utf-8",
               "message": "{\\"message\\":\\"Back at six\\"}", "deploy": true,
               "deployTargetEnvironmentNameList": ["production"]}""");
      assertThat(timeless(answer.body())).isEqualTo(DEPLOYED);
      assertThat(answer.field("ETag")).isEqualTo("\"2\"");
      assertThat(inForce().settings()).isEqualTo(server.saved(TestCatalog.MY_API).settings());
      assertThat(inForce().settings().message()).isEqualTo("{\"message\":\"Back at six\"}");
    }
  }

  @Test
  void anEnvironmentWithoutAGatewayIsDeployedToAndSaysSo() throws Exception {
    assertThat(
            timeless(
                patch(
                        "{\"deploy\":true,\"deployTargetEnvironmentNameList\":[\"staging\",\"production\",\"staging\"]}")
                    .body()))
        .isEqualTo(
            "{\"status\":\"SUCCESS\",\"success\":true,\"deploymentResult\":{\"success\":true,\"responseTime\":0,\"detailList\":[],\"deploymentResults\":["
                + "{\"environmentName\":\"staging\",\"success\":true,\"message\":\"Deployment successful; no gateway is running in staging, the next one to start serves it\"},"
                + "{\"environmentName\":\"production\",\"success\":true,\"message\":\"Deployment successful; no gateway is running in production, the next one to start serves it\"}]}}");
    assertThat(server.store.settings().version("staging")).isEqualTo(1);
    assertThat(server.store.settings().version("production")).isEqualTo(2);
  }

  @Test
  void anUndeploymentWithoutAGatewayPromisesNoServing() throws Exception {
    assertThat(delete(PRODUCTION).body())
        .contains("\"message\":\"Undeployment successful; no gateway is running in production\"");
  }

  @Test
  void anUndeployedProxyIsServedNoMore() throws Exception {
    try (SnapshotFeed.Subscription gateway = startGateway()) {
      assertThat(gateway).isNotNull();
      patch("{\"enabled\":true}");
      assertThat(timeless(delete(PRODUCTION).body()))
          .isEqualTo(DEPLOYED.replace("Deployment successful", "Undeployment successful"));
      assertThat(served.proxies()).doesNotContainKey(TestCatalog.MY_API);
      assertDeploymentList("\"production\",\"deployed\":false,\"redeployRequired\":false");
      assertThat(delete(PRODUCTION).status()).isEqualTo(400);
      assertThat(timeless(post(PRODUCTION).body())).isEqualTo(DEPLOYED);
      assertThat(inForce().settings().enabled()).isTrue();
    }
  }

  @Test
  void deployStatusTellsTheLastDeployment() throws Exception {
    String never =
        "{\"status\":\"SUCCESS\",\"success\":true,\"resultList\":[{\"deployed\":false,\"lastDeployTime\":null,\"revision\":null,\"redeployRequired\":false}],\"resultCount\":1}";
    assertThat(get(STAGING + "deploy-status/").body()).isEqualTo(never);
    assertThat(get(PRODUCTION + "deploy-status/").body())
        .isEqualTo(
            "{\"status\":\"SUCCESS\",\"success\":true,\"resultList\":[{\"deployed\":true,\"lastDeployTime\":\"2026-07-01T10:00:00Z\",\"revision\":1,\"redeployRequired\":false,\"maintenance\":"
                + OPEN
                + "}],\"resultCount\":1}");
    server.clock.advance(Duration.ofMillis(61_500));
    post(STAGING);
    patch("{\"enabled\":true}");
    assertThat(get(STAGING + "deploy-status/").body())
        .contains(
            "{\"deployed\":true,\"lastDeployTime\":\"2026-07-01T10:01:01.500Z\",\"revision\":2,\"redeployRequired\":true,\"maintenance\":"
                + OPEN
                + "}");
    delete(STAGING);
    assertThat(get(STAGING + "deploy-status/").body())
        .contains(
            "{\"deployed\":false,\"lastDeployTime\":\"2026-07-01T10:01:01.500Z\",\"revision\":2,\"redeployRequired\":false}");
  }

  @Test
  void theListHasTheProxiesByName() throws Exception {
    assertThat(get(PROXIES).body())
        .isEqualTo(
            "{\"status\":\"SUCCESS\",\"success\":true,\"resultList\":["
                + "{\"name\":\"MyAPI\",\"description\":\"Orders and more\",\"type\":\"REST\",\"relativePath\":\"/api/v1\",\"soapToRest\":false,"
                + "\"clientRoute\":{\"relativePathList\":[\"/api/v1\",\"/api/v2\"],\"hostList\":[\"api.example.com\"]},"
                + DEPLOYMENTS
                + "},"
                + "{\"name\":\"a/b \u00e9;x=1\",\"description\":\"\",\"type\":\"REST\",\"relativePath\":\"/slashed\",\"soapToRest\":false,"
                + "\"clientRoute\":{\"relativePathList\":[\"/slashed\"],\"hostList\":[]},"
                + NO_DEPLOYMENTS
                + "}],"
                + "\"resultCount\":2}");
  }

  @Test
  void theDetailHasEverythingOfAProxy() throws Exception {
    assertThat(get(PROXY).body())
        .isEqualTo(
            "{\"status\":\"SUCCESS\",\"success\":true,\"resultList\":[{\"name\":\"MyAPI\",\"description\":\"Orders and more\",\"apiType\":\"REST\",\"type\":\"REST\",\"soapToRest\":false,"
                + "\"categoryList\":[\"orders\"],\"sharingType\":\"PRIVATE\","
                + "\"clientRoute\":{\"relativePathList\":[\"/api/v1\",\"/api/v2\"],\"hostList\":[\"api.example.com\"]},"
                + "\"routing\":{\"routingEnabled\":true,\"routingAddressList\":["
                + "{\"address\":\"http://127.0.0.1:8081/v1\",\"weight\":2,\"healthMonitoringEnabled\":true},"
                + "{\"address\":\"http://127.0.0.1:8082/v1\",\"weight\":1,\"healthMonitoringEnabled\":false}]},"
                + "\"endpointList\":[{\"endpoint\":\"/*\",\"httpMethod\":\"ALL\",\"active\":true}],"
                + DEPLOYMENTS
                + "}],\"resultCount\":1}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{}",
        "{\"description\":null,\"persistent\":null}",
        "{\"description\":\"Ticket 7\\n\u00fcber Nacht\",\"persistent\":true}",
        "{\"description\":\"\",\"persistent\":false}"
      })
  void aDeploymentMayHaveABody(String json) throws Exception {
    Http request = Http.request("POST", STAGING).token(server.token("deployer"));
    assertThat(send(request.json(json)).status()).isEqualTo(200);
    assertThat(server.store.settings().version("staging")).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "{\"description\":7}|description: is the number 7; allowed is a string (line 1, column 16)",
        "{\"persistent\":\"true\"}|persistent: is the string \"true\"; allowed is a boolean, true or false (line 1, column 15)",
        "{\"descripton\":\"x\"}|descripton: is not a field of this request; allowed are description, persistent (line 1, column 15)",
        "{\"description\":\"a\\u0000\"}|description: has the character U+0000; allowed are no controls but line breaks and tabs (line 1, column 16)",
        "{\"description\":\"\\ud800\"}|description: has the character U+D800; allowed are no controls but line breaks and tabs (line 1, column 16)"
      })
  void aFaultyBodyDeploysNothing(String json, String fault) throws Exception {
    Http request = Http.request("POST", STAGING).token(server.token("deployer"));
    assertThat(faults(send(request.json(json)))).containsExactly(fault);
    assertNothingSaved();
  }

  @Test
  void everyFaultOfADeploymentIsTold() throws Exception {
    Http request = Http.request("POST", STAGING).token(server.token("deployer"));
    String json = "{\"description\":\"%s\",\"persistent\":1,\"x\":[]}".formatted("x".repeat(1_001));
    assertThat(faults(send(request.json(json)))).hasSize(3);
    assertNothingSaved();
  }

  @Test
  void anEmptyBodyIsNone() throws Exception {
    for (Http request :
        List.of(
            Http.request("POST", STAGING).form(""),
            Http.request("POST", STAGING).with("Content-Length", "0"),
            Http.request("POST", STAGING).json("").chunked())) {
      assertThat(send(request.token(server.token("deployer"))).status()).isEqualTo(200);
    }
    assertThat(server.store.settings().version("staging")).isEqualTo(3);
  }

  @Test
  void aBodyOfAnotherTypeIsNotSupported() throws Exception {
    Http request = Http.request("POST", STAGING).token(server.token("deployer"));
    assertThat(send(request.form("description=x")).status()).isEqualTo(415);
    assertNothingSaved();
  }

  @Test
  void anUndeploymentMayHaveADescription() throws Exception {
    Http request =
        Http.request("DELETE", PRODUCTION)
            .token(server.token("deployer"))
            .json("{\"description\":\"moved to the new cluster\",\"persistent\":true}");
    assertThat(send(request).status()).isEqualTo(200);
    assertThat(get(PROXY + "deploy-histories/2/").body())
        .contains("\"description\":\"moved to the new cluster\"", "\"persistent\":true");
    post(PRODUCTION);
    delete(PRODUCTION);
    assertThat(get(PROXY + "deploy-histories/4/").body())
        .contains("\"description\":\"Undeployed by APIOPS Api\"", "\"persistent\":false");
  }

  @Test
  void policiesAreToldWhereTheyAreAskedFor() throws Exception {
    assertThat(get(PROXY + "?withPolicies=true").body())
        .contains(
            "\"endpointList\":[{\"endpoint\":\"/*\",\"httpMethod\":\"ALL\",\"active\":true,"
                + "\"requestPolicyList\":[],\"responsePolicyList\":[],\"errorPolicyList\":[]}]");
    assertThat(get(PROXY + "?withPolicies=false").body()).isEqualTo(get(PROXY).body());
    assertRefused(
        get(PROXY + "?withPolicies=yes"),
        400,
        "bad_request",
        "withPolicies is 'yes'; allowed are true and false");
  }
}
