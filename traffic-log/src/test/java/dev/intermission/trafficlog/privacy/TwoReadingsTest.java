package dev.intermission.trafficlog.privacy;

import static dev.intermission.trafficlog.privacy.Defined.body;
import static dev.intermission.trafficlog.privacy.Defined.element;
import static dev.intermission.trafficlog.privacy.Defined.redaction;
import static org.assertj.core.api.Assertions.assertThat;

import dev.intermission.api.trafficlog.PrivacyDefinition;
import dev.intermission.api.trafficlog.PrivacyOperation;
import dev.intermission.trafficlog.capture.CapturedField;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the other side could read in another way than we do is hidden. */
class TwoReadingsTest {

  private static final PrivacyDefinition PASSWORD = element("password", PrivacyOperation.MASK);
  private static final String OTHER_SET = "[left out: it is in another character set than it says]";
  private static final String UNKNOWN_SET =
      "[left out: it is in a character set that is not known]";

  private static String left(String mediaType, String text, Charset charset) {
    return body(redaction(PASSWORD), mediaType, text, charset, 65_536);
  }

  @Test
  void bodyIsNotReadInACharacterSetThatHidesItsStructure() {
    Charset utf8 = StandardCharsets.UTF_8;
    String xml =
        "<?xml version=\"1.0\" encoding=\"utf-16\"?><u><n>José!</n><password>geheim</password></u>";
    assertThat(left("application/xml", xml, utf8)).isEqualTo(OTHER_SET);
    String form = "application/x-www-form-urlencoded; charset=";
    assertThat(left(form + "IBM1047", "n=é&password=geheim", utf8)).isEqualTo(UNKNOWN_SET);
    assertThat(left(form + "Shift_JIS", "n=é&password=geheim", utf8)).isEqualTo(UNKNOWN_SET);
    assertThat(left(form + "utf-16", "n=é&password=geheim", utf8)).isEqualTo(OTHER_SET);
    assertThat(left("text/plain;charset=utf-16", "é&password=geheim", utf8)).isEqualTo(OTHER_SET);
    assertThat(left(form + "utf-8", "n=é&a=1", StandardCharsets.ISO_8859_1)).isEqualTo(OTHER_SET);
    assertThat(left(form + "utf-8; charset=IBM1047", "a=1", utf8)).isEqualTo(UNKNOWN_SET);
    assertThat(left(form + "utf-8; x=\"; charset=IBM1047\"", "a=1", utf8)).isEqualTo("a=1");
  }

  @Test
  void bodyInUtf16IsReadWhereItCantBeAnythingElse() {
    String json = "{\"é\":1,\"password\":\"geheim\"}";
    String left = "{\"é\":1,\"password\":\"***\"}";
    String type = "application/json; charset=utf-16";
    assertThat(left(type, json, StandardCharsets.UTF_16)).isEqualTo(left);
    assertThat(left(type, json, StandardCharsets.UTF_16LE)).isEqualTo(left);
    assertThat(left(type, json, StandardCharsets.UTF_16BE)).isEqualTo(left);
    assertThat(left(type, "\ufeff{\u7000\u6100}", StandardCharsets.UTF_16LE)).isEqualTo(OTHER_SET);
    assertThat(left("text/plain", "\u00ff\u00fe=1&password=geheim", StandardCharsets.ISO_8859_1))
        .isEqualTo(OTHER_SET);
    assertThat(left("text/plain;charset=windows-1252", "é", StandardCharsets.ISO_8859_1))
        .isEqualTo("é");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "a=1&password=gehe;im-rest&b=2 | a=1&password=***&b=2",
        "a=1;password=geheim&b=2 | a=***&b=2",
        "a;password=geheim | a;password=***",
        "password[;]=geheim | password[;]=***",
        "a#password=geheim | a#password=***",
      })
  void valueOfAParameterGoesOnToTheAmpersand(String text, String left) {
    assertThat(redaction(PASSWORD).query(text)).isEqualTo(left);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"password\":\"ge?heim-rest\"} | ***",
        "password=ge?heim-rest | ***",
        "http://a/b?password=s&c=1 | http://a/b?password=***&c=1",
        "/password=x/b?c=1 | ***?c=1",
        "/b?c=1#password=s | /b?c=***",
        "/b?c=1, {\"password\":\"x\"} | ***",
        "really? yes | really? yes",
      })
  void fieldIsReadAsAnAddressOnlyIfItIsOne(String value, String left) {
    assertThat(redaction(PASSWORD).fields(List.of(new CapturedField("X", value))))
        .isEqualTo("X: " + left);
  }

  @Test
  void eachPartOfANameCountsInAllForms() {
    assertThat(body(redaction(PASSWORD), "application/json", "{\"user.password\":\"x\",\"b\":1}"))
        .isEqualTo("{\"user.password\":\"***\",\"b\":1}");
    assertThat(body(redaction(PASSWORD), "text/xml", "<a><user.password>x</user.password></a>"))
        .isEqualTo("<a><user.password>***</user.password></a>");
    assertThat(redaction(PASSWORD).query("user[password][]=x")).isEqualTo("user[password][]=***");
  }
}
