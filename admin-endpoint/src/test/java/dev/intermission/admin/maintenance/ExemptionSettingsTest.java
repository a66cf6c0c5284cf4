package dev.intermission.admin.maintenance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.intermission.admin.AdminTest;
import dev.intermission.admin.TestCatalog;
import dev.intermission.api.Exemptions;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What of a closed API stays open, and to whom. */
class ExemptionSettingsTest extends AdminTest {

  @Test
  void exemptionsAreGivenBackAsTheyWereWrittenAndReplacedWhole() throws Exception {
    assertThat(get(MODE).body()).doesNotContain("closedMethods", "openPaths", "openToAddresses");
    assertThat(
            patch(
                    """
                    {"closedMethods":["POST","PUT","POST"],"openPaths":["/health","/a b/","/health"],\
                    "openToAddresses":["192.0.2.0/24","2001:DB8::1","192.0.2.0/24"]}""")
                .status())
        .isEqualTo(200);
    assertThat(get(MODE).body())
        .contains(
            """
            "closedMethods":["POST","PUT"],"openPaths":["/health","/a b/"],"openToAddresses":["192.0.2.0/24","2001:DB8::1"]""");
    assertThat(patch("{\"openPaths\":[\"/ready\"]}").status()).isEqualTo(200);
    Exemptions saved = server.saved(TestCatalog.MY_API).settings().exemptions();
    assertThat(saved.openPaths()).containsExactly("/ready");
    assertThat(saved.closedMethods()).containsExactly("POST", "PUT");
    assertThat(
            patch("{\"closedMethods\":[],\"openPaths\":[],\"openToAddresses\":[],\"enabled\":true}")
                .status())
        .isEqualTo(200);
    assertThat(get(MODE).body()).doesNotContain("closedMethods", "openPaths", "openToAddresses");
  }

  @Test
  void whatIsNoMethodIsRefused() throws Exception {
    assertThat(faults(patch("{\"closedMethods\":\"POST\"}")))
        .containsExactly(
            "closedMethods: is the string \"POST\"; allowed is an array of strings (line 1, column 18)");
    String fault =
        "closedMethods: has an element that is no method; allowed are letters, digits and !#$%&'*+-.^_`|~, as in POST (line 1, column ";
    assertThat(faults(patch("{\"closedMethods\":[\"P OST\",\"\"]}")))
        .containsExactly(fault + "19)", fault + "27)");
    assertThat(faults(patch("{\"closedMethods\":[\"" + "x".repeat(101) + "\"]}")))
        .singleElement()
        .asString()
        .startsWith("closedMethods: has an element that has 101 characters, allowed are 100");
    assertNothingSaved();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          health            | is no path such as /health; allowed is a decoded path that begins with /
          /a/../b           | is no path such as /health
          /a//b             | is no path such as /health
          /a;b              | is no path such as /health
          /a%20b            | is no path such as /health
          /a?b              | is no path such as /health
          /health/*         | has the character *; there are no patterns, and a path stands for all below it as well
          /                 | is /, all of the proxy; allowed are paths below that of the proxy
          """)
  void whatIsNoOpenPathIsRefused(String path, String fault) throws Exception {
    assertThat(faults(patch("{\"openPaths\":[\"/ok\",\"" + path + "\"]}")))
        .singleElement()
        .asString()
        .startsWith("openPaths: has an element that " + fault);
    assertNothingSaved();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          localhost         | is no IP address
          10.0.0.1/8        | has bits behind its first 8; allowed is the first address of the block, 10.0.0.0/8
          10.0.0.0/33       | has no number of bits behind its slash; allowed are 0 to 32
          fe80::1%eth0      | has a zone
          10.0.0            | is no IP address
          [::1]             | is no IP address
          """)
  void whatIsNoAddressIsRefused(String address, String fault) throws Exception {
    assertThat(faults(patch("{\"openToAddresses\":[\"::1\",\"" + address + "\"]}")))
        .singleElement()
        .asString()
        .startsWith("openToAddresses: has an element that " + fault);
    assertNothingSaved();
  }

  @Test
  void everyWrongElementIsNamedInOneAnswer() throws Exception {
    assertThat(
            faults(
                patch(
                    """
                    {"closedMethods":["P OST","",7],"openPaths":["x","/"],"openToAddresses":["x","y"]}""")))
        .hasSize(7);
  }

  @Test
  void tooManyAreRefused() throws Exception {
    for (String field : List.of("closedMethods", "openPaths")) {
      String element = field.equals("openPaths") ? "\"/%d\"" : "\"M%d\"";
      String all =
          IntStream.rangeClosed(0, 50)
              .mapToObj(i -> element.formatted(i))
              .collect(Collectors.joining(",", "[", "]"));
      assertThat(faults(patch("{\"" + field + "\":" + all + "}")))
          .singleElement()
          .asString()
          .startsWith(field + ": has 51 elements, allowed are 50");
    }
    String addresses = String.join(",", Collections.nCopies(101, "\"::1\""));
    assertThat(faults(patch("{\"openToAddresses\":[" + addresses + "]}")))
        .singleElement()
        .asString()
        .startsWith("openToAddresses: has 101 elements, allowed are 100");
    assertNothingSaved();
  }

  @Test
  void shareIsResetWhenTheMaintenanceEnds() throws Exception {
    String admit = "\"admitPercent\":25,\"admitBy\":\"X-Api-Key\"";
    assertThat(patch("{\"enabled\":true," + admit + "}").status()).isEqualTo(200);
    assertThat(get(MODE).body()).contains(admit);
    assertThat(patch("{\"message\":\"soon\"}").status()).isEqualTo(200);
    assertThat(get(MODE).body()).contains(admit);
    assertThat(patch("{\"enabled\":false,\"admitPercent\":30}").status()).isEqualTo(200);
    assertThat(get(MODE).body())
        .doesNotContain("admitPercent")
        .contains("\"admitBy\":\"X-Api-Key\"");
    assertThat(patch("{\"enabled\":true}").status()).isEqualTo(200);
    assertThat(get(MODE).body()).doesNotContain("admitPercent");
  }

  @Test
  void whatIsNoShareIsRefused() throws Exception {
    for (String percent : List.of("100", "-1", "2147483648")) {
      assertThat(faults(patch("{\"admitPercent\":" + percent + "}")))
          .containsExactly(
              "admitPercent: is "
                  + percent
                  + "; allowed are 0 to 99, and enabled=false opens the API to all (line 1, column 17)");
    }
    for (String percent : List.of("5.0", "\"5\"", "true", "[5]")) {
      assertThat(faults(patch("{\"admitPercent\":" + percent + "}")))
          .singleElement()
          .asString()
          .contains("allowed is an integer");
    }
    for (String name : List.of("", "X Key", "X-Key:", "\u00fc")) {
      assertThat(faults(patch("{\"admitBy\":\"" + name + "\"}")))
          .singleElement()
          .asString()
          .startsWith("admitBy: is no name of a field; allowed are letters, digits and");
    }
    assertNothingSaved();
  }
}
