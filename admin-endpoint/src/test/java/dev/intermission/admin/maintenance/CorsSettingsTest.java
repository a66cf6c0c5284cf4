package dev.intermission.admin.maintenance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.intermission.admin.AdminTest;
import dev.intermission.admin.TestCatalog;
import dev.intermission.api.Cors;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The origins whose pages may read the maintenance response. */
class CorsSettingsTest extends AdminTest {

  @Test
  void originsAreGivenBackAndReplacedWhole() throws Exception {
    assertThat(get(MODE).body()).doesNotContain("cors");
    assertThat(
            patch(
                    "{\"corsAllowedOrigins\":[\"https://b.example\",\"http://localhost:3000\",\"https://b.example\"],\"corsAllowCredentials\":true}")
                .status())
        .isEqualTo(200);
    assertThat(get(MODE).body())
        .contains(
            "\"corsAllowedOrigins\":[\"https://b.example\",\"http://localhost:3000\"],\"corsAllowCredentials\":true");
    assertThat(patch("{\"corsAllowedOrigins\":[\"https://a.example\"]}").status()).isEqualTo(200);
    assertThat(server.saved(TestCatalog.MY_API).settings().cors())
        .isEqualTo(new Cors(List.of("https://a.example"), true));
    assertThat(patch("{\"corsAllowedOrigins\":[],\"corsAllowCredentials\":false}").status())
        .isEqualTo(200);
    assertThat(get(MODE).body()).doesNotContain("cors");
  }

  @Test
  void credentialsForAllAreRefusedWhicheverComesFirst() throws Exception {
    assertThat(patch("{\"corsAllowedOrigins\":[\"*\"]}").status()).isEqualTo(200);
    assertThat(faults(patch("{\"corsAllowCredentials\":true}")))
        .singleElement()
        .asString()
        .startsWith("corsAllowCredentials: is true; allowed is false where corsAllowedOrigins is");
    assertThat(
            patch("{\"corsAllowCredentials\":true,\"corsAllowedOrigins\":[\"https://a.example\"]}")
                .status())
        .isEqualTo(200);
    assertThat(faults(patch("{\"corsAllowedOrigins\":[\"*\"]}")))
        .singleElement()
        .asString()
        .startsWith("corsAllowCredentials: is true; allowed is false where corsAllowedOrigins is");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"corsAllowedOrigins":"*"}       | corsAllowedOrigins: is the string "*"; allowed is an array of strings (line 1, column 23)
          {"corsAllowedOrigins":[1]}       | corsAllowedOrigins: has an element that is the number 1; allowed are strings (line 1, column 24)
          {"corsAllowedOrigins":["https://a.example/"]} | corsAllowedOrigins: has an element that is no origin as browsers send it; allowed is scheme://host or scheme://host:port in lower-case ASCII, without a path or a slash at the end (line 1, column 24)
          {"corsAllowedOrigins":["https://a.example:443"]} | corsAllowedOrigins: has an element that has the port 443, which browsers leave out with https (line 1, column 24)
          {"corsAllowedOrigins":["null"]}  | corsAllowedOrigins: has an element that is null, the origin of pages of anybody (sandboxed frames, files); allowed are origins with a host (line 1, column 24)
          {"corsAllowedOrigins":["*","https://a.example"]} | corsAllowedOrigins: has * beside others; * stands for all origins and is allowed alone (line 1, column 23)
          {"corsAllowCredentials":"true"}  | corsAllowCredentials: is the string "true"; allowed is a boolean, true or false (line 1, column 25)
          """)
  void whatCanNotBeIsRefused(String body, String fault) throws Exception {
    assertThat(faults(patch(body))).containsExactly(fault);
    assertNothingSaved();
  }
}
