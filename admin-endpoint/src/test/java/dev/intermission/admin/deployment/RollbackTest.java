package dev.intermission.admin.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.intermission.admin.AdminOptions;
import dev.intermission.admin.AdminTest;
import dev.intermission.admin.Http;
import dev.intermission.admin.TestCatalog;
import dev.intermission.api.ContentType;
import dev.intermission.api.MaintenanceSettings;
import dev.intermission.api.SnapshotFeed;
import dev.intermission.api.store.SavedSettings;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Going back to what a deployment had. */
class RollbackTest extends AdminTest {

  private static final String HISTORIES = PROXY + "deploy-histories/";
  private static final String ROLLBACK = HISTORIES + "1/rollback/";
  private static final SavedSettings CLOSED =
      new SavedSettings(
          new MaintenanceSettings(true, 503, ContentType.parse("text/plain"), "Back at six"), 2);

  @Override
  public AdminOptions options() {
    AdminOptions defaults = AdminOptions.DEFAULTS;
    return new AdminOptions(
        defaults.bodyLimit(),
        defaults.messageLimit(),
        Duration.ofMillis(100),
        defaults.tokenLifetime(),
        defaults.attemptLimits());
  }

  /** Revision 1 is open, revision 2 closed, both in production. */
  @BeforeEach
  void close() throws IOException {
    patch(
        "{\"enabled\":true,\"httpStatusCode\":503,\"contentType\":\"text/plain\",\"message\":\"Back at six\","
            + "\"deploy\":true,\"deployTargetEnvironmentNameList\":[\"production\"]}");
  }

  private void assertNothingRolledBack() {
    assertThat(server.saved(TestCatalog.MY_API)).isEqualTo(CLOSED);
    assertThat(server.store.settings().version("production")).isEqualTo(2);
    assertThat(server.store.settings().version("staging")).isZero();
    assertThat(server.store.history().deployments(TestCatalog.MY_API)).hasSize(2);
  }

  private boolean isClosedIn(String environment) {
    return server.store.settings().changesSince(environment, 0).deployed().stream()
        .filter(proxy -> proxy.id().equals(TestCatalog.MY_API))
        .findFirst()
        .orElseThrow()
        .settings()
        .enabled();
  }

  @Test
  void theSettingsAreSavedAgain() throws Exception {
    assertThat(post(ROLLBACK).body())
        .isEqualTo(
            "{\"status\":\"SUCCESS\",\"resultMessage\":\"API Proxy rolled back successfully to deploy history revision (1).\"}");
    assertThat(server.saved(TestCatalog.MY_API))
        .isEqualTo(new SavedSettings(MaintenanceSettings.DEFAULT, 3));
    assertThat(server.store.settings().version("production")).isEqualTo(2);
    assertThat(get(PRODUCTION + "deploy-status/").body()).contains("\"redeployRequired\":true");
    assertThat(isClosedIn("production")).isTrue();
  }

  @Test
  void theyAreDeployedWhereItIsAsked() throws Exception {
    Http.Answer answer = post(ROLLBACK + "?environmentName=production");
    assertThat(timeless(answer.body()))
        .isEqualTo(
            "{\"status\":\"SUCCESS\",\"resultMessage\":\"API Proxy rolled back successfully to deploy history revision (1). Deployed to environment: production\","
                + "\"deploymentResult\":{\"success\":true,\"responseTime\":0,\"detailList\":[],\"deploymentResults\":[{\"environmentName\":\"production\",\"success\":true,"
                + "\"message\":\"Deployment successful; no gateway is running in production, the next one to start serves it\"}]}}");
    assertThat(isClosedIn("production")).isFalse();
    assertThat(get(PRODUCTION + "deploy-status/").body())
        .contains("\"revision\":3", "\"redeployRequired\":false");
    assertThat(get(HISTORIES + "3/").body())
        .contains(
            "\"username\":\"operator\"",
            "\"description\":\"Rolled back to revision 1 by APIOPS Api\"",
            "\"environment\":\"production\",\"deploy\":true,\"persistent\":false",
            "\"enabled\":false");
  }

  @Test
  void theyMayBeDeployedInAnotherEnvironment() throws Exception {
    assertThat(post(HISTORIES + "2/rollback?environmentName=stagin%67").status()).isEqualTo(200);
    assertThat(isClosedIn("staging")).isTrue();
    assertThat(isClosedIn("production")).isTrue();
    assertThat(server.saved(TestCatalog.MY_API)).isEqualTo(CLOSED);
  }

  @Test
  void theAnswerWaitsForTheGateways() throws Exception {
    AtomicLong served = new AtomicLong();
    try (SnapshotFeed.Subscription gateway =
        server.feed.follow("production", snapshot -> served.set(snapshot.version()))) {
      assertThat(gateway).isNotNull();
      await().until(() -> served.get() == 2);
      assertThat(post(ROLLBACK + "?environmentName=production").body())
          .startsWith(
              "{\"status\":\"SUCCESS\",\"resultMessage\":\"API Proxy rolled back successfully to deploy history revision (1). Deployed to environment: production\",");
      assertThat(served.get()).isEqualTo(3);
    }
  }

  @Test
  void aGatewayThatStaysBehindIsNoSuccess() throws Exception {
    AtomicLong served = new AtomicLong();
    try (SnapshotFeed.Subscription gateway =
        server.feed.follow(
            "production",
            snapshot -> {
              if (snapshot.version() > 2) {
                throw new IllegalStateException("not this one");
              }
              served.set(snapshot.version());
            })) {
      assertThat(gateway).isNotNull();
      await().until(() -> served.get() == 2);
      Http.Answer answer = post(ROLLBACK + "?environmentName=production");
      String behind =
          "Deployment is saved and stays in force, but 1 of 1 gateways did not take it within 100 ms and will when they are back: gateway-1";
      assertThat(answer.status()).isEqualTo(200);
      assertThat(timeless(answer.body()))
          .isEqualTo(
              "{\"status\":\"SUCCESS\",\"resultMessage\":\"API Proxy rolled back successfully but deployment failed: production: %1$s\","
                      .formatted(behind)
                  + "\"deploymentResult\":{\"success\":false,\"responseTime\":0,\"detailList\":["
                  + "{\"envName\":\"production\",\"podName\":\"gateway-1\",\"podIp\":\"127.0.0.1\",\"success\":false,\"detail\":\"The gateway did not take it within 100 ms\",\"responseTime\":0}],\"deploymentResults\":[{\"environmentName\":\"production\",\"success\":false,\"message\":\"%s\"}]},"
                      .formatted(behind)
                  + "\"warnings\":[{\"code\":\"GATEWAYS_BEHIND\",\"message\":\"Gateways of production did not take it in time and will when they are back: gateway-1.\"}]}");
      assertThat(server.saved(TestCatalog.MY_API).settings())
          .isEqualTo(MaintenanceSettings.DEFAULT);
      assertThat(isClosedIn("production")).isFalse();
    }
  }

  @Test
  void anUndeploymentGivesBackWhatItTookOutOfForce() throws Exception {
    delete(PRODUCTION);
    patch("{\"enabled\":false}");
    assertThat(post(HISTORIES + "3/rollback/?environmentName=production").status()).isEqualTo(200);
    assertThat(server.saved(TestCatalog.MY_API).settings()).isEqualTo(CLOSED.settings());
    assertThat(isClosedIn("production")).isTrue();
  }

  @Test
  void aDeletedRecordCanNotBeGoneBackTo() throws Exception {
    delete(HISTORIES + "1/");
    assertRefused(
        post(ROLLBACK + "?environmentName=staging"),
        400,
        "bad_request",
        "Deploy history with revision (1) is not found for ApiProxy (MyAPI)!");
    assertThat(server.saved(TestCatalog.MY_API)).isEqualTo(CLOSED);
  }

  @ParameterizedTest
  @CsvSource({"moon, moon", "'', ''", "Production, Production", "pro%64uction%20, 'production '"})
  void anUnknownEnvironmentSavesNothing(String sent, String name) throws Exception {
    Http.Answer answer = post(ROLLBACK + "?environmentName=" + sent);
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.body())
        .isEqualTo(
            """
            {"status":"FAILURE","resultMessage":"Rollback failed for deploy history revision (1)!",\
            "error":"bad_request","error_description":"Rollback failed for deploy history revision (1)!",\
            "errors":[{"field":"environmentName","message":"ApiProxy with name (MyAPI) can not be \
            deployed to Environment(%s) because it is not exist!"}]}"""
                .formatted(name));
    assertNothingRolledBack();
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '"',
      value = {
        "environment=production, \"The query has the parameter 'environment'; allowed is environmentName, dryRun, method, path, accept, origin, address, bypass\"",
        "environmentname=production, \"The query has the parameter 'environmentname'; allowed is environmentName, dryRun, method, path, accept, origin, address, bypass\"",
        "environmentName=a&environmentName=b, The query has environmentName more than once",
        "environmentName=%zz, The query's environmentName has a % that is not followed by two hexadecimal digits"
      })
  void aQueryThatIsNotUnderstoodSavesNothing(String query, String text) throws Exception {
    assertRefused(post(ROLLBACK + "?" + query), 400, "bad_request", text);
    assertNothingRolledBack();
  }

  @Test
  void aBodyMayOnlyBeEmpty() throws Exception {
    Http request = Http.request("POST", ROLLBACK).token(server.token("operator"));
    assertRefused(
        send(request.json("{\"environmentName\":\"production\"}")),
        400,
        "bad_request",
        "A rollback has no fields in its body; name the environment in the query, as in ?environmentName=production");
    assertNothingRolledBack();
    assertThat(
            send(Http.request("POST", ROLLBACK).token(server.token("operator")).json("{}"))
                .status())
        .isEqualTo(200);
  }

  @Test
  void deployingNeedsTheRightToOrNothingIsSaved() throws Exception {
    String token = server.token("manager");
    assertRefused(
        send(Http.request("POST", ROLLBACK + "?environmentName=production").token(token)),
        400,
        "bad_request",
        "User does not have required permission to deploy/undeploy API Proxy!");
    assertNothingRolledBack();
    assertThat(send(Http.request("POST", ROLLBACK).token(token)).status()).isEqualTo(200);
  }
}
