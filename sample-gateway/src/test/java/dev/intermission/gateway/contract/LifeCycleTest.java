package dev.intermission.gateway.contract;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.intermission.gate.Wire;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From the PATCH to the closed door and back, as operators and clients see it. */
class LifeCycleTest extends DemoTest {

  private static final String STAGING = Operator.MY_API + "environments/staging/";

  LifeCycleTest(@TempDir Path data) throws Exception {
    super(data);
  }

  private String patch(String json) throws IOException {
    return Operator.text(operator.patch(json));
  }

  private String detail(boolean deployed, boolean redeployRequired) {
    return """
    {"status":"SUCCESS","success":true,"resultList":[{"name":"MyAPI","description":"","apiType":"REST",\
    "type":"REST","soapToRest":false,"categoryList":[],"sharingType":"PRIVATE","clientRoute":{"relativePathList":["/api/v1"],\
    "hostList":[]},"routing":{"routingEnabled":true,"routingAddressList":[{"address":"%s",\
    "weight":1,"healthMonitoringEnabled":false}]},"endpointList":[\
    {"endpoint":"/*","httpMethod":"ALL","active":true}],"deploymentList":[\
    {"environmentName":"production","deployed":%s,"redeployRequired":%s},\
    {"environmentName":"staging","deployed":false,"redeployRequired":false}]}],"resultCount":1}"""
        .formatted(gateway.upstream("/api/v1"), deployed, redeployRequired);
  }

  private void assertDetail(boolean deployed, boolean redeployRequired) throws IOException {
    String maintenance = ",\"maintenance\":\\{[^}]*}";
    assertThat(Operator.text(operator.get(Operator.MY_API)).replaceAll(maintenance, ""))
        .isEqualTo(detail(deployed, redeployRequired));
    JsonNode status = operator.result(Operator.PRODUCTION + "deploy-status/");
    assertThat(status.path("deployed").booleanValue()).isEqualTo(deployed);
    assertThat(status.path("redeployRequired").booleanValue()).isEqualTo(redeployRequired);
  }

  private long revision() throws IOException {
    return operator.result(Operator.PRODUCTION + "deploy-status/").path("revision").asLong();
  }

  private void assertNeighboursOpen() throws IOException {
    for (String path : List.of("/petstore/pets", "/orders", "/other/x")) {
      assertOpen(path);
    }
  }

  @Test
  void savedChangeReachesClientsWhenItIsDeployed() throws Exception {
    long revision = revision();
    long calls = gateway.backendCalls("/api/v1");

    assertThat(
            patch(
                """
                {"enabled": true, "httpStatusCode": 503,
                 "contentType": "application/json; charset=utf-8",
                 "message": "{\\"message\\":\\"Zur\\u00fcck um 6 \\ud83d\\ude00\\"}"}"""))
        .isEqualTo(SAVED);
    assertOpen("/api/v1/orders");
    assertDetail(true, true);
    assertThat(revision()).isEqualTo(revision);
    assertThat(gateway.backendCalls("/api/v1")).isEqualTo(++calls);

    assertThat(Operator.text(operator.send("POST", Operator.PRODUCTION))).isEqualTo(DEPLOYED);
    assertDetail(true, false);
    assertThat(revision()).isEqualTo(revision + 1);
    byte[] message = "{\"message\":\"Zur\u00fcck um 6 \ud83d\ude00\"}".getBytes(UTF_8);
    Wire.Reply closed = gateway.get("/api/v1/orders");
    assertThat(closed.statusLine()).isEqualTo("HTTP/1.1 503 Service Unavailable");
    assertThat(closed.fields())
        .filteredOn(field -> !field.startsWith("Date: "))
        .containsExactlyInAnyOrder(
            "Content-Type: application/json; charset=utf-8",
            "Cache-Control: no-store",
            "Content-Length: " + message.length);
    assertThat(closed.body()).isEqualTo(message);
    assertNeighboursOpen();

    assertThat(
            patch(
                """
                {"httpStatusCode": 429, "deploy": true,
                 "deployTargetEnvironmentNameList": ["production"]}"""))
        .isEqualTo(DEPLOYED);
    Wire.Reply changed = gateway.get("/api/v1");
    assertThat(changed.statusLine()).isEqualTo("HTTP/1.1 429 Too Many Requests");
    assertThat(changed.field("Content-Type")).isEqualTo("application/json; charset=utf-8");
    assertThat(changed.body()).isEqualTo(message);
    assertThat(gateway.backendCalls("/api/v1")).isEqualTo(calls);

    assertThat(
            patch(
                """
                {"enabled": false, "deploy": true,
                 "deployTargetEnvironmentNameList": ["production"]}"""))
        .isEqualTo(DEPLOYED);
    assertOpen("/api/v1/orders");
    assertDetail(true, false);
    assertThat(revision()).isEqualTo(revision + 3);
    assertThat(gateway.backendCalls("/api/v1")).isEqualTo(calls + 1);
    assertNeighboursOpen();
  }

  @Test
  void backendOfAClosedProxyIsNotCalledWhateverTheMethod() throws Exception {
    assertThat(patch(CLOSE)).isEqualTo(DEPLOYED);
    long calls = gateway.backendCalls();
    for (String method :
        List.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "PURGE")) {
      for (String target :
          List.of("/api/v1", "/api/v1/", "/api/v1/a/b?c=d", "/api/v1?x=/petstore")) {
        Wire.Reply reply = gateway.send(method, target, "Content-Length: 0");
        assertThat(reply.status()).as(method + " " + target).isEqualTo(503);
        assertThat(reply.field("Content-Type")).isEqualTo("text/plain; charset=utf-8");
        assertThat(reply.field("Content-Length")).isEqualTo("11");
        assertThat(reply.text()).isEqualTo(method.equals("HEAD") ? "" : "Back at six");
      }
    }
    assertThat(gateway.backendCalls()).isEqualTo(calls);
    assertNeighboursOpen();
    assertThat(gateway.backendCalls()).isEqualTo(calls + 3);
  }

  @Test
  void requestBodyIsNotWaitedFor() throws Exception {
    assertThat(patch(CLOSE)).isEqualTo(DEPLOYED);
    for (String line : List.of("Content-Length: 100000000", "Transfer-Encoding: chunked")) {
      for (String expect : List.of("X-Nothing: 1", "Expect: 100-continue")) {
        Wire.Reply reply = gateway.send("POST", "/api/v1/upload", line, expect);
        assertThat(reply.status()).isEqualTo(503);
        assertThat(reply.text()).isEqualTo("Back at six");
      }
    }
  }

  @Test
  void patchBackToTheDeployedValuesNeedsNoDeployment() throws Exception {
    assertThat(patch("{\"enabled\": true, \"httpStatusCode\": 503}")).isEqualTo(SAVED);
    assertDetail(true, true);
    assertThat(patch("{\"enabled\": false}")).isEqualTo(SAVED);
    assertDetail(true, true);
    assertThat(patch("{\"httpStatusCode\": 403}")).isEqualTo(SAVED);
    assertDetail(true, false);
    assertThat(patch("{}")).isEqualTo(SAVED);
    assertDetail(true, false);
  }

  @Test
  void invokeInfoTellsWhereToCallAnApi() throws Exception {
    assertThat(Operator.text(operator.get(Operator.MY_API + "invoke-info/")))
        .isEqualTo(
            """
            {"status":"SUCCESS","success":true,"resultList":[\
            {"environmentName":"production","gatewayBaseUrl":"http://127.0.0.1:%d","rootContext":"",\
            "fullPaths":["/api/v1"],"methods":["ALL"],"schemes":["http"],"deployed":true},\
            {"environmentName":"staging","gatewayBaseUrl":"","rootContext":"",\
            "fullPaths":["/api/v1"],"methods":["ALL"],"schemes":[],"deployed":false}],"resultCount":2}"""
                .formatted(gateway.port()));
  }

  @Test
  void undeployedProxyHasNoRouteUntilItIsDeployedAgain() throws Exception {
    assertThat(patch(CLOSE)).isEqualTo(DEPLOYED);
    assertThat(Operator.text(operator.send("DELETE", Operator.PRODUCTION)))
        .isEqualTo(DEPLOYED.replace("Deployment successful", "Undeployment successful"));
    Wire.Reply gone = gateway.send("GET", "/api/v1/orders", "X-Correlation-Id: my-7");
    assertThat(gone.status()).isEqualTo(404);
    assertThat(gone.text())
        .isEqualTo(
            """
            {"fault":{"correlationId":"my-7","faultCode":"NO_ROUTE",\
            "faultString":"No API is deployed at this host and path","faultStatusCode":"404",\
            "responseFromApi":""}}""");
    assertDetail(false, false);
    assertNeighboursOpen();

    assertThat(Operator.text(operator.send("DELETE", Operator.PRODUCTION)))
        .isEqualTo(
            Envelope.of(
                "bad_request",
                "ApiProxy with name (MyAPI) is not deployed to Environment(production)!"));
    assertThat(patch("{\"message\": \"Moved\"}")).isEqualTo(SAVED);
    assertDetail(false, false);

    assertThat(Operator.text(operator.send("POST", Operator.PRODUCTION))).isEqualTo(DEPLOYED);
    assertThat(gateway.get("/api/v1").text()).isEqualTo("Moved");
    assertDetail(true, false);
  }

  @Test
  void environmentThatNobodyServesIsRecordedAndTouchesNoClient() throws Exception {
    assertThat(patch(CLOSE.replace("production", "staging")))
        .isEqualTo(
            DEPLOYED
                .replaceFirst("\"detailList\":\\[[^]]+]", "\"detailList\":[]")
                .replace("production", "staging")
                .replace(
                    "Deployment successful",
                    "Deployment successful; no gateway is running in staging, the next one to start serves it"));
    assertOpen("/api/v1");
    assertThat(operator.result(STAGING + "deploy-status/").path("deployed").booleanValue())
        .isTrue();
    assertThat(operator.send("DELETE", STAGING).status()).isEqualTo(200);
  }

  @Test
  void defaultMessageIsAFaultWithItsPlaceholdersFilledIn() throws Exception {
    assertThat(
            patch(
                """
                {"enabled": true, "deploy": true,
                 "deployTargetEnvironmentNameList": ["production"]}"""))
        .isEqualTo(DEPLOYED);
    Wire.Reply reply = gateway.send("GET", "/api/v1", "X-Correlation-Id: my-7");
    assertThat(reply.status()).isEqualTo(403);
    assertThat(reply.text())
        .isEqualTo(
            """
            {"fault":{"correlationId":"my-7","faultCode":"API_UNDER_MAINTENANCE",\
            "faultString":"API is under maintenance","faultStatusCode":"403","responseFromApi":""}}""");
  }

  @Test
  void statusThatDemandsAFieldGetsItAndAWarning() throws Exception {
    String warned =
        DEPLOYED.substring(0, DEPLOYED.length() - 1)
            + """
            ,"warnings":[{"code":"STATUS_DEMANDS_FIELDS","message":"With httpStatusCode 405 clients \
            conclude that their method is wrong, and the answer gets the field Allow, which HTTP \
            demands; 503 says that the API is closed for a while."}]}""";
    assertThat(patch(CLOSE.replace("503", "405"))).isEqualTo(warned);
    Wire.Reply reply = gateway.send("GET", "/api/v1", "APINIZER-CORRELATION-ID: my-7");
    assertThat(reply.status()).isEqualTo(405);
    assertThat(reply.field("Allow")).isEmpty();
    assertThat(reply.field("X-Correlation-Id")).isEqualTo("my-7");
    assertThat(reply.field("APINIZER-CORRELATION-ID")).isEqualTo("my-7");
  }

  @Test
  void changeOfSettingsThatMovedOnIsRefused() throws Exception {
    Wire.Reply first = operator.get(Operator.MODE);
    assertThat(Operator.text(first))
        .isEqualTo(
            """
            {"status":"SUCCESS","success":true,"resultList":[{"enabled":false,"httpStatusCode":403,\
            "contentType":"application/json; charset=utf-8","message":"{\\"fault\\":{\
            \\"correlationId\\":\\"#CORRELATIONID#\\",\\"faultCode\\":\\"#FAULTCODE#\\",\
            \\"faultString\\":\\"#FAULTMESSAGE#\\",\\"faultStatusCode\\":\\"#FAULTSTATUSCODE#\\",\
            \\"responseFromApi\\":\\"#RESPONSEFROMAPI#\\"}}"}],"resultCount":1}""");
    String tag = first.field("ETag");
    Operator known = operator.with("If-Match: " + tag);
    assertThat(Operator.text(known.patch("{\"httpStatusCode\": 500}"))).isEqualTo(SAVED);
    assertThat(known.patch("{\"httpStatusCode\": 501}").status()).isEqualTo(412);
    assertThat(operator.result(Operator.MODE).path("httpStatusCode").intValue()).isEqualTo(500);
    assertThat(operator.get(Operator.MODE).field("ETag")).isNotEqualTo(tag);
  }
}
