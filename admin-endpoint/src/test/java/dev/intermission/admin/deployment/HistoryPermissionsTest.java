package dev.intermission.admin.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.intermission.admin.AdminTest;
import dev.intermission.admin.Http;
import dev.intermission.admin.TestCatalog;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may look into the past and go back to it, and in which order that is found out. */
class HistoryPermissionsTest extends AdminTest {

  private static final String HISTORIES = PROXY + "deploy-histories/";
  private static final List<String> READS =
      List.of(HISTORIES, HISTORIES + "1/", PROXY + "audit/", PRODUCTION + "route-health/");

  private Http.Answer as(String user, String method, String target) throws IOException {
    return send(Http.request(method, target).token(server.token(user)));
  }

  private static void assertOutcome(Http.Answer answer, String outcome) {
    String text =
        switch (outcome) {
          case "no project" -> "Project (MyProject) is not found!";
          case "no right" -> "User does not have required permission for this operation!";
          case "no deploy" ->
              "User does not have required permission to deploy/undeploy API Proxy!";
          case "no proxy" -> "ApiProxy with name (No) is not found!";
          default -> "";
        };
    if (text.isEmpty()) {
      assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    } else {
      assertRefused(answer, 400, "bad_request", text);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "admin, done, done, done",
    "project-admin, done, done, done",
    "operator, done, done, done",
    "manager, done, done, no deploy",
    "deployer, done, no right, no right",
    "viewer, done, no right, no right",
    "outsider, no project, no project, no project"
  })
  void aUserMayDoWhatTheRightsSay(
      String user, String reads, String changes, String changesAndDeploys) throws Exception {
    for (String target : READS) {
      assertOutcome(as(user, "GET", target), reads);
    }
    String rollback = HISTORIES + "1/rollback/";
    assertOutcome(as(user, "POST", rollback + "?environmentName=staging"), changesAndDeploys);
    assertThat(server.store.settings().version("staging"))
        .isEqualTo(changesAndDeploys.equals("done") ? 1 : 0);
    assertOutcome(as(user, "POST", rollback), changes);
    assertOutcome(as(user, "DELETE", HISTORIES + "1/"), changes);
    assertThat(server.store.history().deployment(TestCatalog.MY_API, 1).isEmpty())
        .isEqualTo(changes.equals("done"));
    if (!changes.equals("done")) {
      assertNothingSaved();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "deploy-histories/",
        "deploy-histories/1/",
        "audit/",
        "environments/production/route-health/"
      })
  void aReadNeedsATokenThenAProjectThenAProxy(String below) throws Exception {
    assertUnauthorized(
        send(Http.request("GET", PROXY + below).token("x")),
        "Token is not valid!",
        "Bearer error=\"invalid_token\"");
    assertOutcome(as("outsider", "GET", PROXIES + "No/" + below), "no project");
    assertOutcome(as("viewer", "GET", PROXIES + "No/" + below), "no proxy");
  }

  @Test
  void theRightComesBeforeTheProxyAndTheProxyBeforeTheRest() throws Exception {
    String unknown = PROXIES + "No/deploy-histories/";
    assertOutcome(as("viewer", "DELETE", unknown + "x/"), "no right");
    assertOutcome(as("manager", "DELETE", unknown + "x/"), "no proxy");
    assertOutcome(as("viewer", "POST", unknown + "x/rollback/?y=z"), "no right");
    assertOutcome(as("manager", "POST", unknown + "x/rollback/?y=z"), "no proxy");
    assertOutcome(as("viewer", "GET", PROXIES + "No/audit/?limit=x"), "no proxy");
    assertOutcome(
        as("manager", "POST", HISTORIES + "9/rollback/?environmentName=moon"), "no deploy");
    assertOutcome(as("viewer", "GET", PROXIES + "No/environments/moon/route-health/"), "no proxy");
  }

  @ParameterizedTest
  @CsvSource({
    "POST, deploy-histories/, 'GET, HEAD, OPTIONS'",
    "PUT, deploy-histories/1/, 'DELETE, GET, HEAD, OPTIONS'",
    "GET, deploy-histories/1/rollback/, 'OPTIONS, POST'",
    "DELETE, audit/, 'GET, HEAD, OPTIONS'",
    "POST, environments/production/route-health/, 'GET, HEAD, OPTIONS'"
  })
  void anotherMethodIsNotAllowed(String method, String below, String allow) throws Exception {
    Http.Answer answer = as("operator", method, PROXY + below);
    assertThat(answer.status()).isEqualTo(405);
    assertThat(answer.field("Allow")).isEqualTo(allow);
  }
}
