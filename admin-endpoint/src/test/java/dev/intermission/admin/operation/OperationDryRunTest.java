package dev.intermission.admin.operation;

import static dev.intermission.admin.TestCatalog.MY_API;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.intermission.admin.AdminTest;
import dev.intermission.admin.Http;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What an operation would do, and its undo. */
class OperationDryRunTest extends AdminTest {

  private static final String OF_PROJECT = "/apiops/projects/MyProject/maintenance-operations/";
  private static final String OF_SEVERAL = "/apiops/maintenance-operations/";
  private static final String TRY = "?dryRun=true";
  private static final ObjectMapper JSON = new ObjectMapper();

  private Http.Answer post(String user, String target, String json) throws IOException {
    return send(Http.request("POST", target).token(server.token(user)).json(json));
  }

  private static String close(String select) {
    return """
    {"select":{%s},"settings":{"enabled":true,"httpStatusCode":503},"environments":["production"]}"""
        .formatted(select);
  }

  private static JsonNode json(Http.Answer answer) throws IOException {
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    return JSON.readTree(answer.body());
  }

  private String made() throws IOException {
    return json(post("operator", OF_PROJECT, close("\"names\":[\"MyAPI\"]")))
        .path("resultList")
        .path(0)
        .path("id")
        .asText();
  }

  @Test
  void operationShowsWhatItWouldDoAndChangesNothing() throws Exception {
    Http.Answer answer =
        post("operator", OF_PROJECT + TRY, close("\"upstreamHosts\":[\"127.0.0.1\"]"));
    assertThat(answer.body())
        .isEqualTo(
            """
            {"status":"SUCCESS","success":true,"resultMessage":"This was a dry run; nothing was changed.","dryRun":true,\
            "resultList":[],"resultCount":0,\
            "proxies":[{"project":"MyProject","name":"MyAPI","saved":[{"field":"enabled","before":false,"after":true},\
            {"field":"httpStatusCode","before":403,"after":503}],\
            "inForce":[{"environment":"production","deployed":{"before":true,"after":true},"closed":{"before":false,"after":true},\
            "revision":{"before":1,"after":2},"redeployRequired":{"before":false,"after":false},\
            "changes":[{"field":"enabled","before":false,"after":true},{"field":"httpStatusCode","before":403,"after":503}]}]},\
            {"project":"MyProject","name":"a/b é;x=1","saved":[{"field":"enabled","before":false,"after":true},\
            {"field":"httpStatusCode","before":403,"after":503}],"inForce":[]}],"nodes":[],\
            "warnings":[{"code":"NOT_DEPLOYED","message":"The settings of MyProject/a/b é;x=1 are saved and not deployed, since it is deployed in none of the environments."}]}""");
    assertNothingSaved();
    assertThat(json(get(OF_PROJECT)).path("resultList")).isEmpty();
    assertThat(get(PROXY + "audit/").body()).doesNotContain("\"action\":\"SETTINGS_CHANGED\"");
  }

  /** What it shows is what the call then does. */
  @Test
  void operationOfSeveralProjectsShowsEachOfThem() throws Exception {
    String body = close("\"projects\":[\"MyProject\",\"OtherProject\"]");
    JsonNode tried = json(post("admin", OF_SEVERAL + TRY, body));
    assertThat(tried.path("proxies").findValuesAsText("name"))
        .containsExactly("MyAPI", "a/b é;x=1", "Odd", "OtherAPI");
    assertNothingSaved();
    JsonNode done = json(post("admin", OF_SEVERAL, body)).path("resultList").path(0);
    assertThat(done.path("proxies").findValuesAsText("name"))
        .isEqualTo(tried.path("proxies").findValuesAsText("name"));
    assertThat(done.path("proxies").path(0).at("/deploymentList/0/revision"))
        .isEqualTo(tried.path("proxies").path(0).at("/inForce/0/revision/after"));
  }

  @Test
  void undoShowsWhatItWouldDoAndChangesNothing() throws Exception {
    patch("{\"message\":\"saved alone\"}");
    String id = made();
    JsonNode tried = json(post("operator", OF_PROJECT + id + "/undo/" + TRY, "{}"));
    assertThat(tried.path("resultList")).isEmpty();
    JsonNode proxy = tried.path("proxies").path(0);
    assertThat(proxy.path("saved").findValuesAsText("field"))
        .containsExactly("enabled", "httpStatusCode");
    JsonNode inForce = proxy.path("inForce").path(0);
    assertThat(inForce.path("closed").toString()).isEqualTo("{\"before\":true,\"after\":false}");
    assertThat(inForce.path("revision").toString()).isEqualTo("{\"before\":2,\"after\":3}");
    // The message was saved and not deployed before, and will be so again.
    assertThat(inForce.path("redeployRequired").toString())
        .isEqualTo("{\"before\":false,\"after\":true}");
    assertThat(inForce.path("changes").findValuesAsText("field"))
        .containsExactly("enabled", "httpStatusCode", "message");
    assertThat(server.saved(MY_API).settings().enabled()).isTrue();
    assertThat(json(get(OF_PROJECT + id + "/")).at("/resultList/0/state").asText())
        .isEqualTo("DONE");
    assertThat(json(get(OF_PROJECT)).path("resultList")).hasSize(1);
  }

  @Test
  void undoIsRefusedAsTheCallWouldBe() throws Exception {
    String id = made();
    patch("{\"message\":\"changed since\"}");
    String undo = OF_PROJECT + id + "/undo/";
    Http.Answer refused = post("operator", undo, "{}");
    assertThat(refused.status()).isEqualTo(400);
    assertThat(post("operator", undo + TRY, "{}").body()).isEqualTo(refused.body());
    assertThat(json(post("operator", undo + TRY + "&force=true", "{}")).path("proxies")).hasSize(1);
    assertThat(server.saved(MY_API).settings().message()).isEqualTo("changed since");
    assertRefused(
        post("operator", OF_PROJECT + "no-such-id/undo/" + TRY, "{}"),
        400,
        "bad_request",
        "Maintenance operation (no-such-id) is not found!");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "operator | '\"categories\":[\"nothing\"]' | No ApiProxy matches select; nothing was changed",
        "operator | '\"names\":[\"Typo\"]' | ApiProxy (name: Typo) was not found!",
        "viewer | '\"names\":[\"MyAPI\"]' | User does not have required permission for this operation!",
        "manager | '\"names\":[\"MyAPI\"]' | User does not have required permission to deploy/undeploy API Proxy!"
      })
  void operationIsRefusedAsTheCallWouldBe(String user, String select, String text)
      throws Exception {
    assertRefused(post(user, OF_PROJECT + TRY, close(select)), 400, "bad_request", text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"?dryRun=yes", "?dryRun", "?dryrun=true", "?dryRun=true&path=/"})
  void misspeltDryRunIsNoChange(String query) throws Exception {
    String id = made();
    assertThat(post("operator", OF_PROJECT + query, close("\"names\":[\"MyAPI\"]")).status())
        .isEqualTo(400);
    assertThat(post("operator", OF_PROJECT + id + "/undo/" + query, "{}").status()).isEqualTo(400);
    assertThat(json(get(OF_PROJECT)).path("resultList")).hasSize(1);
  }

  @Test
  void dryRunThatIsFalseIsTheCall() throws Exception {
    json(post("operator", OF_PROJECT + "?dryRun=false", close("\"names\":[\"MyAPI\"]")));
    assertThat(server.saved(MY_API).settings().enabled()).isTrue();
  }
}
