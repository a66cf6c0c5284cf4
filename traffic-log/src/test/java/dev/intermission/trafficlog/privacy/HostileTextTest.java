package dev.intermission.trafficlog.privacy;

import static dev.intermission.trafficlog.privacy.Defined.body;
import static dev.intermission.trafficlog.privacy.Defined.element;
import static dev.intermission.trafficlog.privacy.Defined.pattern;
import static dev.intermission.trafficlog.privacy.Defined.redaction;
import static org.assertj.core.api.Assertions.assertThat;

import dev.intermission.api.trafficlog.PrivacyOperation;
import dev.intermission.api.trafficlog.PrivacyPattern;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Texts and expressions that are made to take long. */
class HostileTextTest {

  private static final int LENGTH = 1 << 19;

  /**
   * Each of these took minutes in some way of reading, since its time grew with the square of its
   * length.
   */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "&",
        "&a",
        "&#0",
        "%25",
        "\\",
        "{\"\\u0061\":1},",
        "\"\\u0061\":1,",
        "<a b='",
        "<a>",
        "<password><b>",
        "\n--b\n",
        "\n--b",
        "<![CDATA[",
        "a%",
        "1 ",
        "a@",
        "DE12 ",
        ";password"
      })
  void textIsReadInOnePass(String piece) {
    Redaction redaction =
        redaction(
            element("password", PrivacyOperation.MASK),
            pattern(PrivacyPattern.EMAIL, null, PrivacyOperation.MASK),
            pattern(PrivacyPattern.CREDIT_CARD, null, PrivacyOperation.MASK));
    String text = piece.repeat(LENGTH / piece.length());
    for (String start : new String[] {"", "{", "<a>", "--b"}) {
      for (String type :
          new String[] {
            "application/json",
            "application/x-www-form-urlencoded",
            "text/xml",
            "text/plain",
            "multipart/form-data; boundary=b"
          }) {
        assertThat(body(redaction, type, start + text, StandardCharsets.UTF_8, LENGTH)).isNotNull();
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
