package dev.intermission.admin;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every row of the contract's table of errors. */
class ErrorTableTest extends UnchangedServerTest {

  private static final String EMPTY_KEY =
      "Empty Key! Client must be authenticated to access this resource.";
  private static final String INVALID = "Bearer error=\"invalid_token\"";

  @Test
  void withoutATokenTheKeyIsEmpty() throws Exception {
    assertUnauthorized(send(Http.request("GET", PROXIES)), EMPTY_KEY, "Bearer");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "Bearer", "Bearer ", "bearer  "})
  void anEmptyTokenIsAnEmptyKey(String field) throws Exception {
    assertUnauthorized(
        send(Http.request("GET", PROXIES).with("Authorization", field)), EMPTY_KEY, "Bearer");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Bearer x", "Bearer a b", "Bearer a,Bearer b", "bearer \u00e9"})
  void anUnknownOrMalformedTokenIsNotValid(String field) throws Exception {
    assertUnauthorized(
        send(Http.request("GET", PROXIES).with("Authorization", field)),
        "Token is not valid!",
        INVALID);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Basic b3BlcmF0b3I6eA==", "Token", "Digest x=y"})
  void anotherSchemeBringsNoToken(String field) throws Exception {
    assertUnauthorized(
        send(Http.request("GET", PROXIES).with("Authorization", field)),
        "Token is not valid!",
        "Bearer");
  }

  @Test
  void twoAuthorizationFieldsAreNotValid() throws Exception {
    String token = server.token("operator");
    assertUnauthorized(
        send(Http.request("GET", PROXIES).token(token).token(token)),
        "Token is not valid!",
        INVALID);
  }

  @Test
  void theSchemeMayBeInAnyCase() throws Exception {
    for (String scheme : new String[] {"Bearer ", "bearer ", "BEARER  "}) {
      Http.Answer answer =
          send(
              Http.request("GET", PROXIES)
                  .with("Authorization", scheme + server.token("operator")));
      assertThat(answer.status()).isEqualTo(200);
    }
  }

  @ParameterizedTest
  @CsvSource({"GET, ''", "GET, MyAPI/", "PATCH, MyAPI/settings/maintenance-mode/"})
  void anUnknownProjectAndOneOfOthersLookAlike(String method, String below) throws Exception {
    for (String project : new String[] {"Nowhere", "OtherProject"}) {
      Http.Answer answer =
          send(
              Http.request(method, "/apiops/projects/" + project + "/apiProxies/" + below)
                  .token(server.token("operator"))
                  .json("{}"));
      assertRefused(answer, 400, "bad_request", "Project (%s) is not found!".formatted(project));
    }
  }

  @Test
  void anUnknownProjectIsUnknownToAnAdministratorToo() throws Exception {
    assertRefused(
        send(Http.request("GET", "/apiops/projects/No/apiProxies/").token(server.token("admin"))),
        400,
        "bad_request",
        "Project (No) is not found!");
  }

  @ParameterizedTest
  @CsvSource({"GET, /", "GET, /settings/maintenance-mode/", "PATCH, /settings/maintenance-mode/"})
  void anUnknownProxyIsNotFound(String method, String below) throws Exception {
    for (String name : new String[] {"MyAP", "MyAPIs", "myapi", "OtherAPI"}) {
      Http.Answer answer =
          send(
              Http.request(method, PROXIES + name + below)
                  .token(server.token("operator"))
                  .json("{\"enabled\":true}"));
      assertRefused(
          answer, 400, "bad_request", "ApiProxy (name: %s) was not found!".formatted(name));
    }
  }

  @Test
  void anUnknownProxyHasNoStatus() throws Exception {
    assertRefused(
        get(PROXIES + "No/environments/production/deploy-status/"),
        400,
        "bad_request",
        "ApiProxy with name (No) is not found!");
    assertRefused(
        get(PROXY + "environments/moon/deploy-status/"),
        400,
        "bad_request",
        "Environment (moon) is not found!");
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST", "DELETE"})
  void whatDoesNotExistCanNotBeDeployed(String method) throws Exception {
    String text =
        "ApiProxy with name (%s) can not be deployed to Environment(%s) because it is not exist!";
    assertRefused(
        send(
            Http.request(method, PROXIES + "No/environments/production/")
                .token(server.token("operator"))),
        400,
        "bad_request",
        text.formatted("No", "production"));
    assertRefused(
        send(Http.request(method, PROXY + "environments/moon/").token(server.token("operator"))),
        400,
        "bad_request",
        text.formatted("MyAPI", "moon"));
  }

  @Test
  void aPatchThatDeploysToAnUnknownEnvironmentSavesNothing() throws Exception {
    assertRefused(
        patch(
            "{\"enabled\":true,\"deploy\":true,\"deployTargetEnvironmentNameList\":[\"production\",\"moon\"]}"),
        400,
        "bad_request",
        "ApiProxy with name (MyAPI) can not be deployed to Environment(moon) because it is not exist!");
  }

  @Test
  void whatIsNotDeployedCanNotBeUndeployed() throws Exception {
    assertRefused(
        delete(STAGING),
        400,
        "bad_request",
        "ApiProxy with name (MyAPI) is not deployed to Environment(staging)!");
  }

  @ParameterizedTest
  @CsvSource({
    "POST, '', 'GET, HEAD, OPTIONS'",
    "DELETE, MyAPI/, 'GET, HEAD, OPTIONS'",
    "PUT, MyAPI/settings/maintenance-mode/, 'GET, HEAD, OPTIONS, PATCH'",
    "TRACE, MyAPI/settings/maintenance-mode/, 'GET, HEAD, OPTIONS, PATCH'",
    "WEIRD, MyAPI/settings/maintenance-mode/, 'GET, HEAD, OPTIONS, PATCH'",
    "patch, MyAPI/settings/maintenance-mode/, 'GET, HEAD, OPTIONS, PATCH'",
    "GET, MyAPI/environments/production/, 'DELETE, OPTIONS, POST'",
    "POST, MyAPI/environments/production/deploy-status/, 'GET, HEAD, OPTIONS'"
  })
  void anotherMethodIsNotAllowed(String method, String below, String allow) throws Exception {
    Http.Answer answer =
        send(Http.request(method, PROXIES + below).token(server.token("operator")));
    assertRefused(
        answer,
        405,
        "method_not_allowed",
        "The method %s is not allowed here; allowed are %s".formatted(method, allow));
    assertThat(answer.field("Allow")).isEqualTo(allow);
  }

  @Test
  void aBodyOverTheLimitIsTooLarge() throws Exception {
    int limit = AdminOptions.DEFAULTS.bodyLimit();
    byte[] body = " ".repeat(limit + 1).getBytes(java.nio.charset.StandardCharsets.UTF_8);
    Http request =
        Http.request("PATCH", MODE)
            .token(server.token("operator"))
            .with("Content-Type", "application/json")
            .body(body);
    String text = "The body has more than the 1048576 bytes that are allowed";
    assertRefused(send(request), 413, "payload_too_large", text);
    assertRefused(send(request.chunked()), 413, "payload_too_large", text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "text/plain",
        "application/x-www-form-urlencoded",
        "application/json; charset=iso-8859-1",
        "application/json; charset=utf-16",
        "application/json-patch+json",
        "application/jsonx",
        "json",
        "*/*"
      })
  void anotherMediaTypeIsNotSupported(String type) throws Exception {
    Http.Answer answer =
        send(
            Http.request("PATCH", MODE)
                .token(server.token("operator"))
                .with("Content-Type", type)
                .body(new byte[] {'{', '}'}));
    assertThat(answer.status()).as(answer.body()).isEqualTo(415);
    assertThat(answer.body())
        .contains("\"error\":\"unsupported_media_type\"")
        .contains("application/json or application/merge-patch+json");
    assertThat(answer.field("Accept-Patch"))
        .isEqualTo("application/json, application/merge-patch+json");
  }

  @Test
  void aBodyNeedsOneMediaType() throws Exception {
    Http request =
        Http.request("PATCH", MODE).token(server.token("operator")).body(new byte[] {'{', '}'});
    assertRefused(
        send(request),
        415,
        "unsupported_media_type",
        "The request has no Content-Type; allowed is application/json or application/merge-patch+json");
    assertThat(
            send(request
                    .with("Content-Type", "application/json")
                    .with("Content-Type", "application/json"))
                .status())
        .isEqualTo(415);
  }
}
