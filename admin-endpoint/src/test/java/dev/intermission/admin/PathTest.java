package dev.intermission.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How paths, methods and header fields are read. */
class PathTest extends UnchangedServerTest {

  @ParameterizedTest
  @ValueSource(strings = {PROXIES, PROXY, MODE, PRODUCTION + "deploy-status/"})
  void theSamePathWithoutItsLastSlashIsServed(String path) throws Exception {
    Http.Answer with = get(path);
    Http.Answer without = get(path.substring(0, path.length() - 1));
    assertThat(with.status()).isEqualTo(200);
    assertThat(without.body()).isEqualTo(with.body());
  }

  @ParameterizedTest
  @CsvSource({
    "MyAPI%2F, MyAPI/",
    "%2FMyAPI, /MyAPI",
    "MyAPI%2F.., MyAPI/..",
    "%2e%2e, ..",
    "%2e, .",
    "MyAPI;x=1, MyAPI;x=1",
    "MyAPI%3Bx=1, MyAPI;x=1",
    "MyAPI%20, 'MyAPI '",
    "My%2541PI, My%41PI",
    "MyAPI%0A, MyAPI\\u000a",
    "%F0%9F%98%80, \uD83D\uDE00",
    "%E2%80%AE, \\u202e",
    "MyAPI+, MyAPI+"
  })
  void anotherNameIsNotFoundAndShownWithoutControls(String segment, String shown) throws Exception {
    assertRefused(
        get(PROXIES + segment + "/settings/maintenance-mode/"),
        400,
        "bad_request",
        "ApiProxy (name: %s) was not found!".formatted(shown.replace("\\", "\\\\")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"%00", "MyAPI%00"})
  void aNameWithAZeroIsABadRequest(String segment) throws Exception {
    // Jetty refuses it before it comes here.
    assertThat(get(PROXIES + segment + "/").status()).isEqualTo(400);
  }

  @Test
  void aPlainEscapeIsTheCharacterItself() throws Exception {
    assertThat(get(PROXIES + "My%41PI/").body()).isEqualTo(get(PROXY).body());
  }

  @Test
  void aVeryLongNameIsNotFoundAndCutShort() throws Exception {
    assertRefused(
        get(PROXIES + "x".repeat(10_000) + "/"),
        400,
        "bad_request",
        "ApiProxy (name: %s…) was not found!".formatted("x".repeat(200)));
    assertRefused(
        get("/apiops/projects/" + "%41".repeat(10_000) + "/apiProxies/"),
        400,
        "bad_request",
        "Project (%s…) is not found!".formatted("A".repeat(200)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"%", "%4", "MyAPI%zz", "%-1", "%C3", "%C3%28", "%FF", "%ED%A0%80", "%C0%AF"})
  void aMalformedEscapeIsABadRequest(String segment) throws Exception {
    Http.Answer answer = get(PROXIES + segment + "/settings/maintenance-mode/");
    assertThat(answer.status()).isEqualTo(400);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/apiops/",
        "/apiops/project/",
        "/apiops/projects/MyProject/",
        "/apiops/projects//apiProxies/",
        "/apiops/projects/MyProject/apiProxies//",
        "/apiops/projects/MyProject/apiproxies/",
        "/apiops//projects/MyProject/apiProxies/",
        "/apiops/projects;x=1/MyProject/apiProxies/",
        "/apiops/projects/MyProject/apiProxies/MyAPI/settings/",
        "/apiops/projects/MyProject/apiProxies/MyAPI/settings/maintenance-mode/x",
        "/apiops/projects/MyProject/apiProxies/MyAPI/settings/maintenance-mode//",
        "/apiops/projects/MyProject/apiProxies/MyAPI/settings%2Fmaintenance-mode/",
        "/apiops/projects/MyProject/./apiProxies/",
        "/apiops/projects/x/../MyProject/apiProxies/",
        "/apiops/auth/"
      })
  void aPathOutsideTheContractIsNotFound(String path) throws Exception {
    assertRefused(get(path), 404, "not_found", "There is nothing at this path");
    assertThat(send(Http.request("GET", path)).status()).isEqualTo(404);
  }

  @Test
  void unknownQueryParametersAreIgnored() throws Exception {
    assertThat(get(PROXY + "?withPolicies").body())
        .isEqualTo(get(PROXY + "?withPolicies=true").body());
    assertThat(get(MODE + "?enabled=true&x=%zz").body()).isEqualTo(get(MODE).body());
  }

  @Test
  void headHasTheFieldsOfGetWithoutABody() throws Exception {
    Http.Answer get = get(MODE);
    Http.Answer head = send(Http.request("HEAD", MODE).token(server.token("operator")));
    assertThat(head.status()).isEqualTo(200);
    assertThat(head.body()).isEmpty();
    for (String field : new String[] {"Content-Length", "Content-Type", "ETag", "Cache-Control"}) {
      assertThat(head.field(field)).isEqualTo(get.field(field));
    }
    assertThat(send(Http.request("HEAD", MODE)).status()).isEqualTo(401);
  }

  @Test
  void optionsTellTheMethodsAndPatchTypes() throws Exception {
    Http.Answer answer = send(Http.request("OPTIONS", MODE));
    assertThat(answer.status()).isEqualTo(204);
    assertThat(answer.field("Allow")).isEqualTo("GET, HEAD, OPTIONS, PATCH");
    assertThat(answer.field("Accept-Patch"))
        .isEqualTo("application/json, application/merge-patch+json");
    assertThat(send(Http.request("OPTIONS", TOKEN)).field("Allow")).isEqualTo("OPTIONS, POST");
  }

  @Test
  void aUsableCorrelationIdIsKept() throws Exception {
    for (Http request :
        List.of(
            Http.request("GET", MODE).with("X-Correlation-Id", "my-7"),
            Http.request("GET", MODE).with("APINIZER-CORRELATION-ID", "my-7"),
            Http.request("GET", MODE)
                .with("APINIZER-CORRELATION-ID", "other")
                .with("X-Correlation-Id", "my-7"),
            Http.request("GET", MODE)
                .with("X-Correlation-Id", "not one")
                .with("APINIZER-CORRELATION-ID", "my-7"))) {
      Http.Answer answer = send(request);
      assertThat(answer.field("X-Correlation-Id")).isEqualTo("my-7");
      assertThat(answer.field("APINIZER-CORRELATION-ID")).isEqualTo("my-7");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a b", "\u00e9"})
  void anyOtherCorrelationIdIsReplaced(String sent) throws Exception {
    assertReplaced(sent);
  }

  @Test
  void aLongCorrelationIdIsReplaced() throws Exception {
    assertReplaced("x".repeat(129));
  }

  private void assertReplaced(String sent) throws Exception {
    for (String name : List.of("X-Correlation-Id", "APINIZER-CORRELATION-ID")) {
      Http.Answer answer = send(Http.request("GET", MODE).with(name, sent));
      assertThat(answer.field("X-Correlation-Id"))
          .matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
          .isEqualTo(answer.field("APINIZER-CORRELATION-ID"));
    }
  }
}
