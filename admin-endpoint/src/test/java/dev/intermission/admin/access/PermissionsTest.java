package dev.intermission.admin.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.intermission.admin.AdminServer;
import dev.intermission.admin.AdminTest;
import dev.intermission.admin.Http;
import dev.intermission.admin.TestCatalog;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may do what, and in which order that is found out. */
class PermissionsTest extends AdminTest {

  private static final String NO_PROJECT = "Project (MyProject) is not found!";
  private static final String NO_RIGHT =
      "User does not have required permission for this operation!";
  private static final String NO_DEPLOY =
      "User does not have required permission to deploy/undeploy API Proxy!";

  private Http.Answer as(String user, String method, String target) throws IOException {
    return send(Http.request(method, target).token(server.token(user)));
  }

  private static void assertOutcome(Http.Answer answer, String outcome) {
    switch (outcome) {
      case "done" -> assertThat(answer.status()).as(answer.body()).isEqualTo(200);
      case "no project" -> assertRefused(answer, 400, "bad_request", NO_PROJECT);
      case "no right" -> assertRefused(answer, 400, "bad_request", NO_RIGHT);
      case "no deploy" -> assertRefused(answer, 400, "bad_request", NO_DEPLOY);
      default -> throw new IllegalArgumentException(outcome);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "admin, done, done, done, done",
    "project-admin, done, done, done, done",
    "operator, done, done, done, done",
    "manager, done, done, no deploy, no deploy",
    "deployer, done, no right, no right, done",
    "viewer, done, no right, no right, no deploy",
    "outsider, no project, no project, no project, no project"
  })
  void aUserMayDoWhatTheRightsSay(
      String user, String reads, String saves, String savesAndDeploys, String deploys)
      throws Exception {
    for (String target : new String[] {PROXIES, PROXY, MODE, PRODUCTION + "deploy-status/"}) {
      assertOutcome(as(user, "GET", target), reads);
    }
    assertOutcome(
        patchAs(
            user,
            "{\"enabled\":true,\"deploy\":true,\"deployTargetEnvironmentNameList\":[\"staging\"]}"),
        savesAndDeploys);
    if (!savesAndDeploys.equals("done")) {
      assertNothingSaved();
    }
    assertOutcome(as(user, "POST", PRODUCTION), deploys);
    assertOutcome(as(user, "DELETE", PRODUCTION), deploys);
    assertOutcome(patchAs(user, "{\"httpStatusCode\":503}"), saves);
  }

  @Test
  void rightsAreThoseOfNow() throws Exception {
    assertOutcome(patchAs("operator", "{}"), "done");
    server.store.settings().apply(new TestCatalog().withoutUsers(), AdminServer.SETUP);
    assertUnauthorized(get(PROXIES), "Token is not valid!", "Bearer error=\"invalid_token\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/settings/maintenance-mode/", "/environments/production/"})
  void whoMayNotSeeTheProjectDoesNotLearnWhetherAProxyExists(String below) throws Exception {
    String method = below.startsWith("/settings") ? "PATCH" : "POST";
    assertThat(as("outsider", method, PROXIES + "MyAPI" + below).body())
        .isEqualTo(as("outsider", method, PROXIES + "No" + below).body());
  }

  @Test
  void theRightComesBeforeTheProxyAndTheProxyBeforeTheBody() throws Exception {
    String unknown = PROXIES + "No/settings/maintenance-mode/";
    assertOutcome(as("viewer", "PATCH", unknown), "no right");
    assertOutcome(as("manager", "POST", PROXIES + "No/environments/moon/"), "no deploy");
    Http badBody = Http.request("PATCH", unknown).token(server.token("operator")).json("[");
    assertRefused(send(badBody), 400, "bad_request", "ApiProxy (name: No) was not found!");
    Http badDeployment =
        Http.request("POST", PROXY + "environments/moon/").token(server.token("operator"));
    assertThat(send(badDeployment.json("[")).body()).contains("can not be deployed");
  }

  @Test
  void theTokenComesBeforeAnythingElse() throws Exception {
    Http request =
        Http.request("PATCH", "/apiops/projects/No/apiProxies/No/settings/maintenance-mode/")
            .token("x")
            .json("[");
    assertUnauthorized(send(request), "Token is not valid!", "Bearer error=\"invalid_token\"");
  }
}
