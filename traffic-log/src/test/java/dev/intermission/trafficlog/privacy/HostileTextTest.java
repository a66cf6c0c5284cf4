package dev.intermission.trafficlog.privacy;

import static dev.intermission.trafficlog.privacy.Defined.body;
import static dev.intermission.trafficlog.privacy.Defined.element;
import static dev.intermission.trafficlog.privacy.Defined.pattern;
import static dev.intermission.trafficlog.privacy.Defined.redaction;
import static org.assertj.core.api.Assertions.assertThat;

import dev.intermission.api.trafficlog.PrivacyOperation;
import dev.intermission.api.trafficlog.PrivacyPattern;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Texts and expressions that are made to take long. */
class HostileTextTest {

  private final Redaction redaction =
      redaction(
          element("password", PrivacyOperation.MASK),
          pattern(PrivacyPattern.EMAIL, null, PrivacyOperation.MASK),
          pattern(PrivacyPattern.CREDIT_CARD, null, PrivacyOperation.MASK));

  private String left(String type, String start, String piece, int length) {
    String text = start + piece.repeat(length / piece.length());
    return body(redaction, type, text, StandardCharsets.UTF_8, length);
  }

  /** Each took 20 to 100 s when its time grew with the square of its length. */
  @ParameterizedTest
  @CsvSource({
    "application/x-www-form-urlencoded, '', &",
    "text/plain, '', &",
    "text/plain, '', &#0",
    "text/xml, <a>, &",
    "application/json, {, '\"\\u0061\":1,'",
    "multipart/form-data; boundary=b, --b, '\n--b'"
  })
  void longTextIsReadInOnePass(String type, String start, String piece) {
    assertThat(left(type, start, piece, 1 << 20)).isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "&a",
        "%25",
        "\\",
        "<a b='",
        "<a>",
        "<password><b>",
        "<![CDATA[",
        "a%",
        "1 ",
        "a@",
        "DE12 ",
        ";password",
        "\n--b\n"
      })
  void textIsReadInOnePass(String piece) {
    for (String start : List.of("", "{", "<a>", "--b")) {
      for (String type :
          List.of(
              "application/json",
              "application/x-www-form-urlencoded",
              "text/xml",
              "text/plain",
              "multipart/form-data; boundary=b")) {
        assertThat(left(type, start, piece, 1 << 16)).isNotNull();
      }
    }
  }

  @Test
  void expressionThatCantBeUsedIsRefusedWithItsReason() {
    assertThat(Regex.fault("[0-9]{3}-[0-9]{2}")).isNull();
    assertThat(Regex.fault("(a+)+$")).isNull();
    assertThat(Regex.fault("(a")).startsWith("is no regular expression of RE2: ");
    assertThat(Regex.fault("a(?=b)")).startsWith("is no regular expression of RE2: ");
    assertThat(Regex.fault("(a)\\1")).startsWith("is no regular expression of RE2: ");
    assertThat(Regex.fault("((a{100}){100}){100}")).isEqualTo("repeats parts too often");
    assertThat(Regex.fault("(ab{90}){90}"))
        .isEqualTo("is too large when its repetitions are written out");
  }
}
