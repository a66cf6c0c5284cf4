package dev.intermission.admin.maintenance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.intermission.admin.AdminTest;
import dev.intermission.admin.Http;
import dev.intermission.admin.TestCatalog;
import dev.intermission.api.ContentType;
import dev.intermission.api.Variant;
import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The forms of the maintenance response that an operator adds. */
class VariantSettingsTest extends AdminTest {

  private static final String HTML = "{\"contentType\":\"text/html\",\"message\":\"<p>\"}";
  private static final String SOAP =
      "{\"contentType\":\"text/xml\",\"message\":\"<f/>\",\"httpStatusCode\":500}";
  private static final String PROBLEM = "{\"contentType\":\"application/problem+json\"}";
  private static final String DEPLOY =
      ",\"deploy\":true,\"deployTargetEnvironmentNameList\":[\"production\"]}";
  private static final ObjectMapper JSON = new ObjectMapper();

  private static String body(String... variants) {
    return "{\"variants\":[" + String.join(",", variants) + "]}";
  }

  private static Variant variant(String type, String message) {
    return new Variant(ContentType.parse(type), message, null);
  }

  private void save(String body) throws IOException {
    Http.Answer answer = patch(body);
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
  }

  private List<Variant> saved() {
    return server.saved(TestCatalog.MY_API).settings().variants();
  }

  private JsonNode results(String target) throws IOException {
    return JSON.readTree(get(target).body()).path("resultList");
  }

  @Test
  void arrayIsGivenBackAndReplacedWhole() throws Exception {
    save(body(HTML, SOAP, PROBLEM));
    assertThat(results(MODE).path(0).path("variants"))
        .hasToString("[" + HTML + "," + SOAP + "," + PROBLEM + "]");
    save("{\"variants\":null,\"httpStatusCode\":503}");
    assertThat(saved()).hasSize(3);
    save(body(HTML));
    assertThat(saved()).containsExactly(variant("text/html", "<p>"));
    save(body());
    assertThat(get(MODE).body()).doesNotContain("variants");
  }

  /** Generated clients write null for what is not set. */
  @Test
  void nullInAnElementIsAsIfItWereNotThere() throws Exception {
    save(
        body(
            "{\"contentType\":\"application/problem+json\",\"message\":null,\"httpStatusCode\":null}"));
    assertThat(results(MODE).path(0).path("variants")).hasToString("[" + PROBLEM + "]");
  }

  @Test
  void whatIsDeployedIsComparedRecordedAndRestoredWithThem() throws Exception {
    save(body(HTML).replaceFirst("}$", DEPLOY));
    save(body(SOAP));
    String status = PROXY + "environments/production/deploy-status/";
    assertThat(results(status).path(0).path("redeployRequired").asBoolean()).isTrue();
    save(body(HTML));
    assertThat(results(status).path(0).path("redeployRequired").asBoolean()).isFalse();

    save(body(SOAP).replaceFirst("}$", DEPLOY));
    int revision = results(PROXY + "deploy-histories/").path(1).path("revision").intValue();
    String record = PROXY + "deploy-histories/" + revision + "/";
    assertThat(results(record).path(0).path("settings").path("variants"))
        .hasToString("[" + HTML + "]");
    Http.Answer answer =
        send(Http.request("POST", record + "rollback/").token(server.token("operator")));
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    assertThat(saved()).containsExactly(variant("text/html", "<p>"));

    JsonNode rolledBack = results(PROXY + "audit/").path(0);
    assertThat(rolledBack.path("action").asText()).isEqualTo("ROLLED_BACK");
    assertThat(rolledBack.path("before").path("variants")).hasToString("[" + SOAP + "]");
    assertThat(rolledBack.path("after").path("variants")).hasToString("[" + HTML + "]");
  }

  @Test
  void statusOfAVariantIsWarnedOfLikeThatOfTheProxy() throws Exception {
    String odd = "{\"contentType\":\"text/html\",\"message\":\"\",\"httpStatusCode\":405}";
    assertThat(patch(body(odd)).body())
        .contains("\"code\":\"STATUS_DEMANDS_FIELDS\"", "With httpStatusCode 405");
    assertThat(patch("{\"httpStatusCode\":405}").body()).containsOnlyOnce("STATUS_DEMANDS_FIELDS");
    assertThat(patch(body()).body()).containsOnlyOnce("STATUS_DEMANDS_FIELDS");
    assertThat(patch("{\"httpStatusCode\":503}").body()).doesNotContain("warnings");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {}                                              | is an object; allowed is an array of objects with contentType, message and httpStatusCode (line 1, column 13)
          ["text/html"]                                   | has an element that is the string "text/html"; allowed are objects with contentType, message and httpStatusCode (line 1, column 14)
          [null]                                          | has an element that is null; allowed are objects with contentType, message and httpStatusCode (line 1, column 14)
          [{"message":"x"}]                               | has an element that lacks the field contentType (line 1, column 14)
          [{"contentType":null,"message":"x"}]            | has an element whose contentType is null; allowed is a string (line 1, column 14)
          [{"contentType":"text/html"}]                   | has an element that lacks the field message, which only one of type application/problem+json may lack (line 1, column 14)
          [{"contentType":"text/html","message":null}]    | has an element that lacks the field message, which only one of type application/problem+json may lack (line 1, column 14)
          [{"contentType":"application/problem+json;charset=x-JIS0208"}] | has an element that lacks the field message, and the one made for it has the character U+0020 at index 0, which the charset x-JIS0208 lacks (line 1, column 14)
          [{"contentType":"text/html","message":5}]       | has an element whose message is the number 5; allowed is a string (line 1, column 14)
          [{"contentType":"a/b","message":"","status":5}] | has an element that has the field status; allowed are contentType, message, httpStatusCode (line 1, column 14)
          [{"contentType":"a/b","message":"","message":""}] | has an element that has the field message more than once (line 1, column 14)
          [{"contentType":"text","message":""}]           | has an element whose contentType 'text' is not a media type such as 'application/json; charset=utf-8': expected '/' at index 4 (line 1, column 14)
          [{"contentType":"*/*","message":""}]            | has an element that has the type */*, which stands for several; allowed is one type (line 1, column 14)
          [{"contentType":"Text/*","message":""}]         | has an element that has the type Text/*, which stands for several; allowed is one type (line 1, column 14)
          [{"contentType":"text/*, b/c","message":""}]    | has an element whose contentType 'text/*, b/c' is not a media type such as 'application/json; charset=utf-8': expected ';' at index 6 (line 1, column 14)
          [{"contentType":"a/b;charset=latin1","message":"\u20ac"}] | has an element that has a message that has the character U+20AC at index 0, which the charset ISO-8859-1 lacks (line 1, column 14)
          [{"contentType":"a/b","message":"\\ud800"}]     | has an element that has a message that has the lone surrogate U+D800 at index 0 (line 1, column 14)
          [{"contentType":"a/b","message":"","httpStatusCode":"500"}] | has an element whose httpStatusCode is the string "500"; allowed is an integer, without quotes, point and exponent (line 1, column 14)
          [{"contentType":"a/b","message":"","httpStatusCode":204}] | has an element whose httpStatusCode is 204; allowed are 200 to 599 without 204, 205 and 304, which cannot carry a body (line 1, column 14)
          [{"contentType":"a/b","message":""},{"contentType":"A/B;charset=UTF8","message":""}] | has the type A/B;charset=UTF8 twice; the second one would never be sent (line 1, column 13)
          """)
  void faultIsNamedAndNothingSaved(String variants, String fault) throws Exception {
    assertThat(faults(patch("{\"variants\":" + variants + "}")))
        .containsExactly("variants: " + fault);
    assertNothingSaved();
  }

  @Test
  void everyFaultOfEachElementIsInOneAnswer() throws Exception {
    String first = "{\"contentType\":\"x\",\"httpStatusCode\":204}";
    assertThat(faults(patch("{\"variants\":[" + first + ",{\"message\":5},\"z\"]}")))
        .containsExactly(
            "variants: has an element whose contentType 'x' is not a media type such as 'application/json; charset=utf-8': expected '/' at index 1 (line 1, column 14)",
            "variants: has an element whose httpStatusCode is 204; allowed are 200 to 599 without 204, 205 and 304, which cannot carry a body (line 1, column 14)",
            "variants: has an element that lacks the field contentType (line 1, column 55)",
            "variants: has an element whose message is the number 5; allowed is a string (line 1, column 55)",
            "variants: has an element that is the string \"z\"; allowed are objects with contentType, message and httpStatusCode (line 1, column 69)");
    assertNothingSaved();
  }

  @Test
  void boundsAreTold() throws Exception {
    String many =
        IntStream.rangeClosed(1, 11)
            .mapToObj(i -> "{\"contentType\":\"a/v" + i + "\",\"message\":\"\"}")
            .collect(Collectors.joining(","));
    assertThat(faults(patch(body(many))))
        .containsExactly("variants: has 11 elements, allowed are 10 (line 1, column 13)");
    String large = "{\"contentType\":\"text/html\",\"message\":\"" + "x".repeat(65_537) + "\"}";
    assertThat(faults(patch(body(large))))
        .containsExactly(
            "variants: has an element of type text/html with a message that has 65537 bytes in UTF-8, allowed are 65536");
    assertNothingSaved();
    save(body(large.replace("xx\"", "x\"")));
  }
}
