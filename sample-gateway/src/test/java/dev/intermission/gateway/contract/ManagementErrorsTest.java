package dev.intermission.gateway.contract;

import static dev.intermission.gateway.contract.Envelope.assertRefused;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.intermission.admin.access.AccessTokens;
import dev.intermission.gate.Wire;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every row of the contract's table of errors at the started gateway, with the whole answer. */
class ManagementErrorsTest extends DemoTest {

  private static final String EMPTY_KEY =
      "Empty Key! Client must be authenticated to access this resource.";
  private static final String BEARER = "WWW-Authenticate: Bearer";
  private static final String INVALID_TOKEN = BEARER + " error=\"invalid_token\"";

  ManagementErrorsTest(@TempDir Path data) throws Exception {
    super(new DemoGateway(data, new Broken()));
  }

  /** A fault of the program, in front of the management API. */
  private static final class Broken extends Handler.Abstract {
    @Override
    public boolean handle(Request request, Response response, Callback callback) {
      if (Request.getPathInContext(request).equals("/broken")) {
        throw new IllegalStateException("secret internals");
      }
      return false;
    }
  }

  private Operator nobody() {
    return Operator.nobody(gateway.adminPort());
  }

  @Test
  void noTokenIsAnEmptyKey() throws Exception {
    assertRefused(nobody().get(Operator.MODE), 401, "unauthorized_client", EMPTY_KEY, BEARER);
    assertRefused(
        nobody().with("Authorization: Bearer ").get(Operator.MODE),
        401,
        "unauthorized_client",
        EMPTY_KEY,
        BEARER);
  }

  @Test
  void unknownAndRevokedTokensAreNotValid() throws Exception {
    AccessTokens.Issued token = gateway.tokens().create("operator", null);
    Operator revoked = new Operator(gateway.adminPort(), token.secret());
    assertThat(revoked.get(Operator.MODE).status()).isEqualTo(200);
    assertThat(gateway.tokens().revoke(token.token().id())).isTrue();
    for (Operator invalid : new Operator[] {revoked, new Operator(gateway.adminPort(), "x")}) {
      assertRefused(
          invalid.get(Operator.MODE),
          401,
          "unauthorized_client",
          "Token is not valid!",
          INVALID_TOKEN);
    }
  }

  @Test
  void expiredTokenIsExpired() throws Exception {
    Operator expired =
        new Operator(
            gateway.adminPort(),
            gateway.tokens().create("operator", Duration.ofMillis(1)).secret());
    await().until(() -> expired.get(Operator.MODE).status() == 401);
    assertRefused(
        expired.get(Operator.MODE),
        401,
        "unauthorized_client",
        "Token was expired!",
        INVALID_TOKEN);
  }

  @Test
  void unknownProjectAndOneOfOthersLookAlike() throws Exception {
    for (String project : new String[] {"Nowhere", "OtherProject"}) {
      assertRefused(
          operator.get("/apiops/projects/" + project + "/apiProxies/OtherAPI/"),
          400,
          "bad_request",
          "Project (" + project + ") is not found!");
    }
    assertThat(
            gateway
                .as("outsider")
                .get("/apiops/projects/OtherProject/apiProxies/OtherAPI/")
                .status())
        .isEqualTo(200);
  }

  @Test
  void unknownProxyIsNotFound() throws Exception {
    for (String name : new String[] {"MyAP", "MyAPI2", "myapi", "OtherAPI"}) {
      String text = "ApiProxy (name: " + name + ") was not found!";
      String proxy = Operator.PROXIES + name + "/";
      assertRefused(operator.get(proxy), 400, "bad_request", text);
      assertRefused(operator.patch(name, "{\"enabled\":true}"), 400, "bad_request", text);
      assertRefused(
          operator.get(proxy + "environments/production/deploy-status/"),
          400,
          "bad_request",
          "ApiProxy with name (" + name + ") is not found!");
    }
  }

  @Test
  void missingRightIsToldBeforeTheProxyIsLookedUp() throws Exception {
    Operator viewer = gateway.as("viewer");
    assertThat(viewer.get(Operator.MODE).status()).isEqualTo(200);
    for (String name : new String[] {"MyAPI", "Nothing"}) {
      assertRefused(
          viewer.patch(name, "{\"enabled\":true}"),
          400,
          "bad_request",
          "User does not have required permission for this operation!");
      for (String method : new String[] {"POST", "DELETE"}) {
        assertRefused(
            viewer.send(method, Operator.PROXIES + name + "/environments/production/"),
            400,
            "bad_request",
            "User does not have required permission to deploy/undeploy API Proxy!");
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"MyAPI, moon", "Nothing, production"})
  void whatDoesNotExistCanNotBeDeployed(String proxy, String environment) throws Exception {
    String text =
        "ApiProxy with name (%s) can not be deployed to Environment(%s) because it is not exist!"
            .formatted(proxy, environment);
    String target = Operator.PROXIES + proxy + "/environments/" + environment + "/";
    assertRefused(operator.send("POST", target), 400, "bad_request", text);
    assertRefused(operator.send("DELETE", target), 400, "bad_request", text);
  }

  @Test
  void everyFaultOfABodyIsInOneAnswer() throws Exception {
    Wire.Reply reply =
        operator.patch("{\"enable\": true, \"httpStatusCode\": 204, \"message\": 1}");
    String status =
        "is 204; allowed are 200 to 599 without 204, 205 and 304, which cannot carry a body (line 1, column 36)";
    String message = "is the number 1; allowed is a string (line 1, column 52)";
    String enable =
        "is not a field of this request; allowed are enabled, httpStatusCode, contentType, message, startsAt, endsAt, reopenAtEnd, retryAfterSeconds, retrySpreadSeconds, headers, variants, corsAllowedOrigins, corsAllowCredentials, closedMethods, openPaths, openToAddresses, admitPercent, admitBy, deploy, deployTargetEnvironmentNameList, description (line 1, column 12)";
    String text = "httpStatusCode: %s; message: %s; enable: %s".formatted(status, message, enable);
    Envelope.assertAnswer(
        reply,
        400,
        Envelope.of("bad_request", text).replace("\"}", "\"")
            + """
              ,"errors":[{"field":"httpStatusCode","message":"%s"},{"field":"message","message":"%s"},{"field":"enable","message":"%s"}]}"""
                .formatted(status, message, enable));
  }

  @ParameterizedTest
  @CsvSource({
    "PUT, MyAPI/settings/maintenance-mode/, 'GET, HEAD, OPTIONS, PATCH'",
    "TRACE, MyAPI/settings/maintenance-mode/, 'GET, HEAD, OPTIONS, PATCH'",
    "POST, '', 'GET, HEAD, OPTIONS'",
    "GET, MyAPI/environments/production/, 'DELETE, OPTIONS, POST'"
  })
  void methodThatIsNotServedIsNotAllowed(String method, String below, String allow)
      throws Exception {
    assertRefused(
        operator.send(method, Operator.PROXIES + below),
        405,
        "method_not_allowed",
        "The method " + method + " is not allowed here; allowed are " + allow,
        "Allow: " + allow);
  }

  @Test
  void conditionThatDoesNotHoldIsAFailedPrecondition() throws Exception {
    assertRefused(
        operator.with("If-Match: \"0\"").patch("{\"enabled\":true}"),
        412,
        "precondition_failed",
        "The settings are not those that the request's condition names; nothing was saved");
  }

  @Test
  void bodyOverTheLimitIsTooLarge() throws Exception {
    assertRefused(
        operator.patch("{\"message\":\"" + "x".repeat(1 << 20) + "\"}"),
        413,
        "payload_too_large",
        "The body has more than the 1048576 bytes that are allowed");
  }

  @ParameterizedTest
  @ValueSource(strings = {"text/plain", "application/json; charset=utf-16"})
  void otherMediaTypeIsNotSupported(String type) throws Exception {
    assertRefused(
        operator.with("Content-Type: " + type).send("PATCH", Operator.MODE, "{}".getBytes(UTF_8)),
        415,
        "unsupported_media_type",
        "The Content-Type is '%s'; allowed is application/json or application/merge-patch+json, in UTF-8"
            .formatted(type),
        "Accept-Patch: application/json, application/merge-patch+json");
  }

  @Test
  void pathOutsideTheContractIsNotFound() throws Exception {
    for (String path : new String[] {"/apiops/projects/MyProject/", "/apiops", "/nowhere"}) {
      assertRefused(operator.get(path), 404, "not_found", "There is nothing at this path");
    }
    assertThat(gateway.get(Operator.MODE).text()).contains("\"faultCode\":\"NO_ROUTE\"");
  }

  @Test
  void faultOfTheProgramShowsNoInternals() throws Exception {
    assertRefused(operator.get("/broken"), 500, "server_error", "An unexpected error occurred");
    assertThat(operator.get(Operator.MODE).status()).isEqualTo(200);
  }

  private Wire.Reply askForToken(String form) throws IOException {
    return nobody()
        .with("Content-Type: application/x-www-form-urlencoded")
        .send("POST", "/apiops/auth/token", form.getBytes(UTF_8));
  }

  @Test
  void tokenCallIsRefused() throws Exception {
    assertRefused(
        askForToken("grant_type=password&client_id=admin&client_secret=x"),
        400,
        "unsupported_grant_type",
        "GrantType value must be client_credentials!");
    assertRefused(
        askForToken("grant_type=client_credentials&client_id=viewer&client_secret=x"),
        401,
        "unauthorized_client",
        "Bad credentials",
        BEARER);
  }
}
