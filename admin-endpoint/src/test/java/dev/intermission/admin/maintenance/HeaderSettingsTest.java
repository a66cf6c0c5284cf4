package dev.intermission.admin.maintenance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.intermission.admin.AdminTest;
import dev.intermission.admin.TestCatalog;
import dev.intermission.api.ResponseField;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The fields that an operator adds to the maintenance response. */
class HeaderSettingsTest extends AdminTest {

  private static String header(String name, String value) {
    return "{\"name\":\"" + name + "\",\"value\":\"" + value + "\"}";
  }

  private static String body(String... headers) {
    return "{\"headers\":[" + String.join(",", headers) + "]}";
  }

  @Test
  void arrayIsGivenBackAndReplacedWhole() throws Exception {
    assertThat(patch(body(header("X-A", "1"), header("x-b", ""))).status()).isEqualTo(200);
    assertThat(get(MODE).body())
        .contains(
            "\"headers\":[{\"name\":\"X-A\",\"value\":\"1\"},{\"name\":\"x-b\",\"value\":\"\"}]");
    assertThat(patch(body(header("X-C", "a b\\tc"))).status()).isEqualTo(200);
    assertThat(patch("{\"headers\":null}").status()).isEqualTo(200);
    assertThat(server.saved(TestCatalog.MY_API).settings().headers())
        .containsExactly(new ResponseField("X-C", "a b\tc"));
    assertThat(patch(body()).status()).isEqualTo(200);
    assertThat(get(MODE).body()).doesNotContain("headers");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Connection",
        "keep-alive",
        "Proxy-Connection",
        "TE",
        "Trailer",
        "Transfer-Encoding",
        "Upgrade",
        "Proxy-Authenticate",
        "Proxy-Status",
        "content-length",
        "Content-Type",
        "Content-Encoding",
        "Date",
        "Set-Cookie",
        "Retry-After",
        "Cache-Control",
        "Vary",
        "Allow",
        "WWW-Authenticate",
        "Access-Control-Allow-Origin",
        "X-Correlation-Id",
        "APINIZER-CORRELATION-ID"
      })
  void fieldThatIsNotTheOperatorsIsRefused(String name) throws Exception {
    assertThat(faults(patch(body(header(name, "x")))))
        .singleElement()
        .asString()
        .startsWith("headers: has an element that has the name " + name + ", which ");
    assertNothingSaved();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"headers":[{"name":"","value":"x"}]}      | has a name that is no token
          {"headers":[{"name":"X A","value":"x"}]}   | has a name that is no token
          {"headers":[{"name":":status","value":"x"}]} | has a name that is no token
          {"headers":[{"name":"X-A\\r\\nX-B","value":"x"}]} | has a name that is no token
          {"headers":[{"name":"X-A","value":"x\\r\\nX-B: y"}]} | has a value of X-A with a character that is not allowed
          {"headers":[{"name":"X-A","value":" x"}]}  | has a value of X-A with a character that is not allowed
          {"headers":[{"name":"X-A","value":"\u00e4"}]} | has a value of X-A with a character that is not allowed
          {"headers":[{"name":"X-A"}]}               | lacks the field value
          {"headers":[{"name":"X-A","value":"x","y":1}]} | has the field y; allowed are name, value
          """)
  void fieldThatCanNotBeIsRefused(String body, String fault) throws Exception {
    assertThat(faults(patch(body)))
        .singleElement()
        .asString()
        .startsWith("headers: has an element that " + fault);
    assertNothingSaved();
  }

  @Test
  void boundsAreTold() throws Exception {
    String many =
        IntStream.rangeClosed(1, 21)
            .mapToObj(i -> header("X-" + i, "x"))
            .collect(Collectors.joining(","));
    assertThat(faults(patch(body(many))))
        .isEqualTo(List.of("headers: has 21 elements, allowed are 20 (line 1, column 12)"));
    assertThat(faults(patch(body(header("X-A", "x".repeat(8190))))))
        .isEqualTo(
            List.of(
                "headers: has 8193 characters in names and values, allowed are 8192 (line 1, column 12)"));
    assertThat(faults(patch(body(header("X-A", "1"), header("x-a", "2")))))
        .isEqualTo(
            List.of(
                "headers: has the name x-a twice; put the values into one, with a comma between (line 1, column 12)"));
    assertNothingSaved();
    assertThat(patch(body(header("X-A", "x".repeat(8189)))).status()).isEqualTo(200);
  }
}
