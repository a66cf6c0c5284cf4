package dev.intermission.gateway.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.intermission.api.ProxyId;
import dev.intermission.gateway.RunningGateway;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is saved and not deployed, where trace settings are among it. */
@Tag("slow")
class TraceNotDeployedTest {

  private static final ProxyId ORDERS = new ProxyId("MyProject", "orders");
  private static final String PATH = "/apiops/projects/MyProject/apiProxies/orders/";
  private static final String UNKNOWN =
      "can't be told, since the record of those in force was deleted from the history";

  private final RunningGateway gateway;

  TraceNotDeployedTest(@TempDir Path folder) throws Exception {
    gateway =
        RunningGateway.start(
            RunningGateway.config(
                folder.resolve("data"),
                RunningGateway.proxy("orders", "/orders", "http://127.0.0.1:1"),
                RunningGateway.proxy("stock", "/stock", "http://127.0.0.1:1")));
  }

  @AfterEach
  void stop() {
    gateway.close();
  }

  private String[] with(String... words) {
    List<String> all = new ArrayList<>(List.of(words));
    all.addAll(List.of("--url", "http://127.0.0.1:" + gateway.adminPort()));
    return all.toArray(String[]::new);
  }

  private Typed typed(String... words) {
    return Typed.with(Map.of("INTERMISSION_TOKEN", RunningGateway.ADMIN_TOKEN), with(words));
  }

  private void send(String method, String path, String body) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + gateway.adminPort() + path))
            .header("Authorization", "Bearer " + RunningGateway.ADMIN_TOKEN)
            .header("Content-Type", "application/json")
            .method(
                method,
                body.isEmpty()
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofString(body))
            .build();
    HttpResponse<String> answer =
        HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
  }

  private void deleteWhatIsInForce() throws Exception {
    String overview =
        gateway.get("/apiops/maintenance/?q=orders", RunningGateway.ADMIN_TOKEN).body();
    int revision = new ObjectMapper().readTree(overview).at("/resultList/0/revision").asInt();
    send("DELETE", PATH + "deploy-histories/" + revision + "/", "");
  }

  private JsonNode settings() throws Exception {
    return new ObjectMapper()
        .readTree(gateway.get(PATH + "settings/trace/", RunningGateway.ADMIN_TOKEN).body())
        .at("/resultList/0");
  }

  @Test
  void diffShowsTraceSettingsThatAreNotDeployed() throws Exception {
    send(
        "PATCH",
        PATH + "settings/trace/",
        """
        {"enableTraceLog":true,"environmentName":"production","startTime":"2098-07-01T12:00:00+02:00",
         "stopTime":"2098-07-01T13:00:00+02:00"}
        """);
    Typed diff = typed("diff", "orders");
    assertThat(diff.code()).as(diff.err()).isZero();
    assertThat(diff.out())
        .isEqualTo(
            """
            MyProject/orders in production: in force -> saved
              of the trace settings, enableTraceLog: false -> true
              of the trace settings, startTime: null -> "2098-07-01T10:00:00Z"
              of the trace settings, stopTime: null -> "2098-07-01T11:00:00Z"
            """);
    JsonNode json = typed("diff", "orders", "--json").json().at("/environments/0");
    assertThat(json.path("redeployRequired").asBoolean()).isTrue();
    assertThat(json.path("changes")).isEmpty();
    assertThat(json.at("/traceChanges/0/field").asText()).isEqualTo("enableTraceLog");

    gateway.patch(
        ORDERS,
        "{\"enabled\":false,\"deploy\":true,\"deployTargetEnvironmentNameList\":[\"production\"]}");
    assertThat(typed("diff", "orders").out()).contains("all that is saved is in force");

    send("PATCH", PATH + "settings/trace/", "{\"enableTraceLog\":false}");
    assertThat(typed("diff", "orders").out())
        .contains("of the trace settings, enableTraceLog: true -> false");
  }

  @Test
  void traceWorksWhereTheRecordOfWhatIsInForceIsDeleted() throws Exception {
    gateway.patch(ORDERS, "{\"enabled\":true,\"httpStatusCode\":503}");
    deleteWhatIsInForce();
    Typed diff = typed("diff", "orders");
    assertThat(diff.code()).isEqualTo(1);
    assertThat(diff.out()).contains(UNKNOWN);
    Typed refused = typed("trace", "orders");
    assertThat(refused.code()).isEqualTo(2);
    assertThat(refused.err())
        .contains("This deploys MyProject/orders in production")
        .contains(UNKNOWN);

    Typing agreed =
        Typing.of(
            Map.of("INTERMISSION_TOKEN", RunningGateway.ADMIN_TOKEN),
            with("trace", "orders", "--for", "3s", "--yes"));
    agreed.awaitErr("Recording");
    gateway.patch(ORDERS, "{\"enabled\":false}");
    deleteWhatIsInForce();
    Typed ended = agreed.ended();
    assertThat(ended.code()).as(ended.err()).isZero();
    assertThat(ended.err())
        .contains("switched off in the saved settings only")
        .contains(UNKNOWN)
        .contains("Its time is over, so nothing is recorded any more.");
    assertThat(settings().path("enableTraceLog").asBoolean(true)).isFalse();
  }

  @Test
  void referencesOfNoRecordAreRefused() {
    for (String id : List.of("", "MyProject/orders/", "/20261127T041530123Z-5f2c8e01d9a44b7c")) {
      Typed typed = typed("trace", "show", id);
      assertThat(typed.code()).as(id).isEqualTo(2);
      assertThat(typed.err()).contains("PROJECT/NAME/ID");
    }
  }
}
