package dev.intermission.admin.operation;

import static dev.intermission.admin.TestCatalog.MY_API;
import static dev.intermission.admin.TestCatalog.SLASHED;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.intermission.admin.AdminTest;
import dev.intermission.admin.Http;
import dev.intermission.api.ProxyId;
import dev.intermission.api.SnapshotFeed;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Many APIs changed with one call, and that taken back. */
class OperationsTest extends AdminTest {

  private static final String OF_PROJECT = "/apiops/projects/MyProject/maintenance-operations/";
  private static final String OF_SEVERAL = "/apiops/maintenance-operations/";
  private static final ProxyId OTHER_API = new ProxyId("OtherProject", "OtherAPI");
  private static final ObjectMapper JSON = new ObjectMapper();

  private Http.Answer post(String user, String target, String json) throws IOException {
    return send(Http.request("POST", target).token(server.token(user)).json(json));
  }

  private Http.Answer as(String user, String target) throws IOException {
    return send(Http.request("GET", target).token(server.token(user)));
  }

  private static String close(String select) {
    return """
    {"select":{%s},"settings":{"enabled":true,"httpStatusCode":503},"environments":["production"],"description":"Move"}"""
        .formatted(select);
  }

  private static JsonNode json(Http.Answer answer) throws IOException {
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    return JSON.readTree(answer.body());
  }

  private static JsonNode operation(Http.Answer answer) throws IOException {
    return json(answer).path("resultList").path(0);
  }

  private static List<String> names(JsonNode operation) {
    List<String> names = new ArrayList<>();
    operation
        .path("proxies")
        .forEach(one -> names.add(one.path("project").asText() + "/" + one.path("name").asText()));
    return names;
  }

  private boolean isClosed(ProxyId id) {
    return server.saved(id).settings().enabled();
  }

  @Test
  void allThatMatchAreChangedAndDeployed() throws Exception {
    SnapshotFeed.Subscription gateway = server.feed.follow("production", snapshot -> {});
    try {
      Http.Answer answer = post("operator", OF_PROJECT, close("\"categories\":[\"orders\"]"));
      String id = operation(answer).path("id").asText();
      assertThat(timeless(answer.body()))
          .isEqualTo(
              """
              {"status":"SUCCESS","success":true,"resultList":[{"id":"%s","time":"2026-07-01T10:00:00Z","username":"operator",\
              "description":"Move","state":"DONE","undoes":null,"undoneBy":null,\
              "proxies":[{"project":"MyProject","name":"MyAPI","deploymentList":[{"environmentName":"production","revision":2,"success":true}]}],\
              "deploymentResult":{"success":true,"responseTime":0,"detailList":[{"envName":"production","podName":"gateway-1",\
              "podIp":"127.0.0.1","success":true,"detail":"Deployment successful","responseTime":0}],\
              "deploymentResults":[{"environmentName":"production","success":true,"message":"Deployment successful"}]}}],"resultCount":1}"""
                  .formatted(id));
      assertThat(isClosed(MY_API)).isTrue();
      assertThat(isClosed(SLASHED)).isFalse();
      assertThat(server.store.settings().version("production")).isEqualTo(2);

      assertThat(json(get(PROXY + "audit/")).path("resultList").findValuesAsText("operation"))
          .containsExactly(id, id);
      JsonNode history = json(get(PROXY + "deploy-histories/")).path("resultList");
      assertThat(history.path(0).path("operation").asText()).isEqualTo(id);
      assertThat(history.path(0).path("description").asText()).isEqualTo("Move");
      assertThat(history.path(1).has("operation")).isFalse();
    } finally {
      gateway.close();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'\"names\":[\"MyAPI\"]' | 1",
        "'\"names\":[\"MyAPI\",\"a/b é;x=1\",\"MyAPI\"]' | 2",
        "'\"upstreamHosts\":[\"127.0.0.1\"]' | 2",
        "'\"upstreamHosts\":[\"127.0.0.1\"],\"categories\":[\"orders\"]' | 1",
        "'\"upstreamHosts\":[\"127.0.0.1\"],\"categories\":[],\"names\":null' | 2"
      })
  void listsOfTheSelectionAreCombined(String select, int matches) throws Exception {
    assertThat(names(operation(post("operator", OF_PROJECT, close(select))))).hasSize(matches);
  }

  @Test
  void whatIsSavedAndNotDeployedIsNamed() throws Exception {
    patch("{\"message\":\"saved alone\"}");
    JsonNode answer =
        json(post("operator", OF_PROJECT, close("\"upstreamHosts\":[\"127.0.0.1\"]")));
    assertThat(answer.path("warnings").toString())
        .isEqualTo(
            """
            [{"code":"SAVED_SETTINGS_DEPLOYED","message":"The maintenance settings of MyProject/MyAPI that were saved before and not deployed in production are deployed there with this operation."},\
            {"code":"NOT_DEPLOYED","message":"The settings of MyProject/a/b é;x=1 are saved and not deployed, since it is deployed in none of the environments."}]""");
    assertThat(server.saved(MY_API).settings().message()).isEqualTo("saved alone");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'\"categories\":[\"nothing\"]' | No ApiProxy matches select; nothing was changed",
        "'\"names\":[\"MyAPI\",\"Typo\"]' | ApiProxy (name: Typo) was not found!",
        "'\"names\":[\"OtherAPI\"]' | ApiProxy (name: OtherAPI) was not found!"
      })
  void noMatchIsRefused(String select, String text) throws Exception {
    assertRefused(post("operator", OF_PROJECT, close(select)), 400, "bad_request", text);
    assertNothingSaved();
  }

  @Test
  void everyFaultOfTheBodyIsTold() throws Exception {
    assertThat(
            faults(
                post(
                    "operator",
                    OF_PROJECT,
                    "{\"select\":{\"name\":[\"x\"]},\"settings\":{\"deploy\":true},\"environments\":[],\"x\":1}")))
        .containsExactly(
            "environments: is empty; allowed are the names of one or more environments (line 1, column 68)",
            "x: is not a field of this request; allowed are select, settings, environments, description (line 1, column 75)",
            "select.name: is not a field of this request; allowed are names, categories, upstreamHosts (line 1, column 19)",
            "settings.deploy: is not a field of settings");
    assertThat(faults(post("operator", OF_PROJECT, "{}")))
        .containsExactly(
            "select: is required", "settings: is required", "environments: is required");
    assertThat(faults(post("operator", OF_PROJECT, close(""))))
        .containsExactly(
            "select: selects nothing; allowed are names, categories and upstreamHosts");
    assertThat(faults(post("operator", OF_PROJECT, close("\"projects\":[\"MyProject\"]"))))
        .hasSize(1)
        .allMatch(fault -> fault.startsWith("select.projects: is not a field"));
    assertThat(faults(post("admin", OF_SEVERAL, close("\"names\":[\"MyAPI\"]"))))
        .containsExactly("select.projects: is required, with the names of one or more projects");
    assertNothingSaved();
  }

  @Test
  void settingsThatDoNotFitOneProxyAreRefusedForAll() throws Exception {
    patch("{\"message\":\"naïve ☃\"}");
    Http.Answer answer =
        post(
            "operator",
            OF_PROJECT,
            """
            {"select":{"upstreamHosts":["127.0.0.1"]},"settings":{"contentType":"text/plain;charset=iso-8859-1"},"environments":["production"]}""");
    assertThat(faults(answer))
        .hasSize(1)
        .allMatch(fault -> fault.startsWith("settings.message: "))
        .allMatch(fault -> fault.endsWith(", for MyProject/MyAPI"));
    assertThat(server.saved(SLASHED)).isEqualTo(UNTOUCHED);
    assertRefused(
        post("operator", OF_PROJECT, close("\"names\":[\"MyAPI\"]").replace("production", "mars")),
        400,
        "bad_request",
        "Environment (mars) is not found!");
    assertThat(server.store.settings().version("production")).isEqualTo(1);
  }

  @Test
  void bothRightsAreNeededInEachProject() throws Exception {
    String body = close("\"names\":[\"MyAPI\"]");
    assertRefused(
        post("manager", OF_PROJECT, body),
        400,
        "bad_request",
        "User does not have required permission to deploy/undeploy API Proxy!");
    for (String user : new String[] {"deployer", "viewer"}) {
      assertRefused(
          post(user, OF_PROJECT, body),
          400,
          "bad_request",
          "User does not have required permission for this operation!");
    }
    String several = close("\"projects\":[\"MyProject\",\"OtherProject\"]");
    for (String user : new String[] {"outsider", "nobody"}) {
      assertRefused(
          post(user, OF_PROJECT, "not even JSON"),
          400,
          "bad_request",
          "Project (MyProject) is not found!");
      assertRefused(
          post(user, OF_SEVERAL, several), 400, "bad_request", "Project (MyProject) is not found!");
    }
    assertRefused(
        post("operator", OF_SEVERAL, several),
        400,
        "bad_request",
        "Project (OtherProject) is not found!");
    assertRefused(
        post("operator", OF_SEVERAL, "{\"select\":{\"projects\":[\"OtherProject\"]},\"x\":1}"),
        400,
        "bad_request",
        "Project (OtherProject) is not found!");
    assertRefused(
        post("outsider", OF_SEVERAL, close("\"projects\":[\"OtherProject\"]")),
        400,
        "bad_request",
        "User does not have required permission to deploy/undeploy API Proxy!");
    assertNothingSaved();
  }

  @Test
  void oneOperationChangesSeveralProjects() throws Exception {
    JsonNode made =
        operation(
            post("admin", OF_SEVERAL, close("\"projects\":[\"OtherProject\",\"MyProject\"]")));
    String id = made.path("id").asText();
    assertThat(names(made))
        .containsExactly(
            "MyProject/MyAPI", "MyProject/a/b é;x=1", "OtherProject/Odd", "OtherProject/OtherAPI");
    assertThat(isClosed(OTHER_API)).isTrue();
    assertThat(server.store.settings().version("production")).isEqualTo(2);

    // Each user sees the proxies of the own projects.
    assertThat(names(operation(as("outsider", OF_SEVERAL + id + "/"))))
        .containsExactly("OtherProject/Odd", "OtherProject/OtherAPI");
    assertThat(names(operation(as("admin", OF_PROJECT + id + "/"))))
        .containsExactly("MyProject/MyAPI", "MyProject/a/b é;x=1");
    assertRefused(
        as("nobody", OF_SEVERAL + id + "/"),
        400,
        "bad_request",
        "Maintenance operation (" + id + ") is not found!");
    assertRefused(
        post("operator", OF_PROJECT + id + "/undo/", "{}"),
        400,
        "bad_request",
        "User does not have required permission for this operation!");
    assertThat(isClosed(MY_API)).isTrue();
    assertThat(names(operation(post("admin", OF_SEVERAL + id + "/undo/", "{}")))).hasSize(4);
    assertThat(isClosed(OTHER_API)).isFalse();
  }

  @Test
  void operationsAreListed() throws Exception {
    assertThat(json(get(OF_PROJECT)).path("resultCount").asInt()).isZero();
    String first =
        operation(post("operator", OF_PROJECT, close("\"names\":[\"MyAPI\"]"))).path("id").asText();
    String second =
        operation(post("operator", OF_PROJECT, close("\"names\":[\"MyAPI\"]"))).path("id").asText();
    assertThat(json(as("viewer", OF_PROJECT)).path("resultList").findValuesAsText("id"))
        .containsExactly(second, first);
    assertThat(
            json(as("viewer", OF_SEVERAL + "?limit=1")).path("resultList").findValuesAsText("id"))
        .containsExactly(second);
    assertThat(json(as("outsider", OF_SEVERAL)).path("resultCount").asInt()).isZero();
    assertRefused(
        get(OF_PROJECT + "?limit=101"),
        400,
        "bad_request",
        "limit is '101'; allowed is a whole number from 1 to 100");
    assertRefused(
        get(OF_PROJECT + "nothing/"),
        400,
        "bad_request",
        "Maintenance operation (nothing) is not found!");
  }

  @Test
  void undoRestoresAndIsDoneOnce() throws Exception {
    patch("{\"message\":\"saved alone\"}");
    String id =
        operation(post("operator", OF_PROJECT, close("\"names\":[\"MyAPI\"]"))).path("id").asText();
    JsonNode undo = operation(post("operator", OF_PROJECT + id + "/undo/", "{}"));

    assertThat(undo.path("undoes").asText()).isEqualTo(id);
    assertThat(isClosed(MY_API)).isFalse();
    assertThat(server.saved(MY_API).settings().message()).isEqualTo("saved alone");
    JsonNode status = json(get(PRODUCTION + "deploy-status/")).path("resultList").path(0);
    assertThat(status.path("redeployRequired").asBoolean()).isTrue();
    assertThat(status.path("maintenance").path("closed").asBoolean()).isFalse();
    JsonNode undone = operation(get(OF_PROJECT + id + "/"));
    assertThat(undone.path("state").asText()).isEqualTo("UNDONE");
    assertThat(undone.path("undoneBy").asText()).isEqualTo(undo.path("id").asText());
    assertRefused(
        post("operator", OF_PROJECT + id + "/undo/?force=true", "{}"),
        400,
        "bad_request",
        "Maintenance operation (%s) is undone already, by the operation %s!"
            .formatted(id, undo.path("id").asText()));
  }

  @Test
  void undoOfWhatWasChangedSinceNeedsForce() throws Exception {
    String id =
        operation(post("operator", OF_PROJECT, close("\"upstreamHosts\":[\"127.0.0.1\"]")))
            .path("id")
            .asText();
    patch("{\"message\":\"changed since\"}");
    String undo = OF_PROJECT + id + "/undo/";
    assertRefused(
        post("operator", undo, "{}"),
        400,
        "bad_request",
        "Maintenance operation (%s) can not be undone because MyProject/MyAPI changed since; nothing was changed. With force=true it is undone all the same."
            .formatted(id));
    assertThat(isClosed(SLASHED)).isTrue();
    assertThat(server.store.settings().version("production")).isEqualTo(2);
    assertRefused(
        post("operator", undo + "?force=yes", "{}"),
        400,
        "bad_request",
        "force is 'yes'; allowed are true and false");
    assertRefused(
        post("operator", undo, "{\"force\":true}"),
        400,
        "bad_request",
        "An undo has no fields in its body");

    assertThat(
            send(Http.request("POST", undo + "?force=true").token(server.token("operator")))
                .status())
        .isEqualTo(200);
    assertThat(isClosed(SLASHED)).isFalse();
    assertThat(server.saved(MY_API).settings().message()).isEqualTo(UNTOUCHED.settings().message());
  }

  @ParameterizedTest
  @ValueSource(strings = {OF_PROJECT, OF_SEVERAL})
  void formOfTheRequestIsChecked(String target) throws Exception {
    assertThat(
            send(Http.request("POST", target)
                    .token(server.token("admin"))
                    .with("Content-Type", "text/plain")
                    .body(new byte[] {'{', '}'}))
                .status())
        .isEqualTo(415);
    assertThat(send(Http.request("DELETE", target).token(server.token("admin"))).field("Allow"))
        .isEqualTo("GET, HEAD, OPTIONS, POST");
    assertThat(post("admin", target + "?dryRun=true", close("")).status()).isEqualTo(400);
    assertUnauthorized(
        send(Http.request("POST", target)),
        "Empty Key! Client must be authenticated to access this resource.",
        "Bearer");
    assertThat(send(Http.request("GET", target + "x/undo").token(server.token("admin"))).status())
        .isEqualTo(405);
  }
}
