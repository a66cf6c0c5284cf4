package dev.intermission.admin.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.intermission.admin.AdminOptions;
import dev.intermission.admin.AdminTest;
import dev.intermission.admin.Http;
import java.io.IOException;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a script asks before it loops: projects, environments, where to call, and who it is. */
class OverviewTest extends AdminTest {

  private static final String PROJECTS = "/apiops/projects/";
  private static final String OF_PROJECT = PROJECTS + "MyProject/environments/";
  private static final String ENVIRONMENTS = "/apiops/environments/";
  private static final String INVOKE_INFO = PROXY + "invoke-info/";
  private static final String ME = "/apiops/me/";

  private static final String ALL_ENVIRONMENTS =
      list(
          3,
          environment("idle", ""),
          environment("production", "https://api.example.com/gw"),
          environment("staging", "http://localhost:8080"));
  private static final String ALL_RIGHTS =
      """
      {"category":"API_MANAGEMENT","action":"VIEW"},{"category":"API_MANAGEMENT","action":"MANAGE"},\
      {"category":"API_MANAGEMENT","action":"DEPLOY_UNDEPLOY"}""";

  @Override
  public AdminOptions options() {
    return AdminOptions.DEFAULTS.withAccessUrls(
        Map.of(
            "production",
            URI.create("https://api.example.com/gw/"),
            "staging",
            URI.create("http://localhost:8080")));
  }

  private static String list(int count, String... items) {
    return """
    {"status":"SUCCESS","success":true,"resultList":[%s],"resultCount":%d}"""
        .formatted(String.join(",", items), count);
  }

  private static String environment(String name, String url) {
    return """
    {"id":"%1$s","environmentName":"%1$s","name":"%1$s","description":"","type":"PRODUCTION",\
    "accessUrl":"%2$s","status":"PUBLISHED","deployed":null,"redeployRequired":null}"""
        .formatted(name, url);
  }

  private static String project(String name) {
    return "{\"name\":\"%s\",\"description\":\"\"}".formatted(name);
  }

  private static String me(String user, String roles, String... projects) {
    return list(
        1,
        "{\"username\":\"%s\",\"roles\":[%s],\"projects\":[%s]}"
            .formatted(user, roles, String.join(",", projects)));
  }

  private static String inProject(String name, String roles, String rights) {
    return "{\"name\":\"%s\",\"roles\":[%s],\"rights\":[%s]}".formatted(name, roles, rights);
  }

  private Http.Answer as(String user, String target) throws IOException {
    return send(Http.request("GET", target).token(server.token(user)));
  }

  @Test
  void userSeesOnlyTheProjectsOfWhichItIsAMember() throws Exception {
    assertThat(as("admin", PROJECTS).body())
        .isEqualTo(list(2, project("MyProject"), project("OtherProject")));
    assertThat(as("viewer", PROJECTS).body()).isEqualTo(list(1, project("MyProject")));
    assertThat(as("outsider", PROJECTS).body()).isEqualTo(list(1, project("OtherProject")));
    assertThat(as("nobody", PROJECTS).body()).isEqualTo(list(0));
  }

  @Test
  void membersSeeTheEnvironments() throws Exception {
    for (String user : new String[] {"admin", "viewer", "manager", "project-admin"}) {
      assertThat(as(user, OF_PROJECT).body()).isEqualTo(ALL_ENVIRONMENTS);
    }
    for (String user : new String[] {"outsider", "nobody"}) {
      assertRefused(as(user, OF_PROJECT), 400, "bad_request", "Project (MyProject) is not found!");
    }
    assertRefused(
        as("admin", PROJECTS + "Nowhere/environments/"),
        400,
        "bad_request",
        "Project (Nowhere) is not found!");
  }

  @Test
  void onlySystemAdministratorsSeeTheEnvironmentsOfNoProject() throws Exception {
    assertThat(as("admin", ENVIRONMENTS).body()).isEqualTo(ALL_ENVIRONMENTS);
    for (String user : new String[] {"project-admin", "operator", "nobody"}) {
      assertRefused(
          as(user, ENVIRONMENTS),
          400,
          "bad_request",
          "User does not have required permission for this operation!");
    }
  }

  @Test
  void invokeInfoTellsWhereToCallAProxyInEachEnvironment() throws Exception {
    String fixed = "\"fullPaths\":[\"/api/v1\",\"/api/v2\"],\"methods\":[\"ALL\"]";
    assertThat(as("viewer", INVOKE_INFO).body())
        .isEqualTo(
            list(
                3,
                """
                {"environmentName":"idle","gatewayBaseUrl":"","rootContext":"",%s,\
                "schemes":[],"deployed":false}"""
                    .formatted(fixed),
                """
                {"environmentName":"production","gatewayBaseUrl":"https://api.example.com/gw",\
                "rootContext":"",%s,"schemes":["https"],"deployed":true}"""
                    .formatted(fixed),
                """
                {"environmentName":"staging","gatewayBaseUrl":"http://localhost:8080",\
                "rootContext":"",%s,"schemes":["http"],"deployed":false}"""
                    .formatted(fixed)));
    assertRefused(
        as("viewer", PROXIES + "Nothing/invoke-info/"),
        400,
        "bad_request",
        "ApiProxy with name (Nothing) is not found!");
    for (String proxy : new String[] {"MyAPI", "Nothing"}) {
      assertRefused(
          as("outsider", PROXIES + proxy + "/invoke-info/"),
          400,
          "bad_request",
          "Project (MyProject) is not found!");
    }
  }

  @Test
  void pathOfAUrlIsEncoded() throws Exception {
    assertThat(as("admin", "/apiops/projects/OtherProject/apiProxies/Odd/invoke-info/").body())
        .contains("\"fullPaths\":[\"/a%20b/%C3%A9\"]");
  }

  @Test
  void meTellsWhatTheTokenMayDo() throws Exception {
    assertThat(as("admin", ME).body())
        .isEqualTo(
            me(
                "admin",
                "\"SYSTEM_ADMINISTRATOR\"",
                inProject("MyProject", "", ALL_RIGHTS),
                inProject("OtherProject", "", ALL_RIGHTS)));
    assertThat(as("project-admin", ME).body())
        .isEqualTo(
            me(
                "project-admin",
                "",
                inProject("MyProject", "\"PROJECT_ADMINISTRATOR\"", ALL_RIGHTS)));
    assertThat(as("manager", ME).body())
        .isEqualTo(
            me(
                "manager",
                "",
                inProject(
                    "MyProject",
                    "",
                    """
                    {"category":"API_MANAGEMENT","action":"VIEW"},\
                    {"category":"API_MANAGEMENT","action":"MANAGE"}""")));
    assertThat(as("nobody", ME).body()).isEqualTo(me("nobody", ""));
  }

  @ParameterizedTest
  @ValueSource(strings = {PROJECTS, OF_PROJECT, ENVIRONMENTS, INVOKE_INFO, ME})
  void callIsReadAlone(String target) throws Exception {
    String withoutSlash = target.substring(0, target.length() - 1);
    Http.Answer answer = as("admin", target);
    assertThat(answer.status()).isEqualTo(200);
    assertThat(as("admin", withoutSlash).body()).isEqualTo(answer.body());
    Http.Answer head = send(Http.request("HEAD", target).token(server.token("admin")));
    assertThat(head.body()).isEmpty();
    assertThat(head.field("Content-Length")).isEqualTo(answer.field("Content-Length"));
    assertThat(send(Http.request("OPTIONS", target)).field("Allow"))
        .isEqualTo("GET, HEAD, OPTIONS");

    for (String method : new String[] {"POST", "PUT", "PATCH", "DELETE"}) {
      Http.Answer refused = send(Http.request(method, target).token(server.token("admin")));
      assertThat(refused.status()).isEqualTo(405);
      assertThat(refused.field("Allow")).isEqualTo("GET, HEAD, OPTIONS");
    }
    assertUnauthorized(
        send(Http.request("GET", target)),
        "Empty Key! Client must be authenticated to access this resource.",
        "Bearer");
    assertThat(as("admin", withoutSlash + "/x/").status()).isEqualTo(404);
  }

  @ParameterizedTest
  @CsvSource({"page=1, page", "x, x", "%20, ' '"})
  void callTakesNoQuery(String query, String name) throws Exception {
    for (String target : new String[] {PROJECTS, OF_PROJECT, ENVIRONMENTS, INVOKE_INFO, ME}) {
      assertRefused(
          as("admin", target + "?" + query),
          400,
          "bad_request",
          "The query has the parameter '%s'; allowed is none".formatted(name));
    }
  }
}
