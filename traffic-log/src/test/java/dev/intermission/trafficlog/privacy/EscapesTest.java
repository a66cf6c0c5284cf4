package dev.intermission.trafficlog.privacy;

import static dev.intermission.trafficlog.privacy.Defined.body;
import static dev.intermission.trafficlog.privacy.Defined.element;
import static dev.intermission.trafficlog.privacy.Defined.pattern;
import static dev.intermission.trafficlog.privacy.Defined.redaction;
import static org.assertj.core.api.Assertions.assertThat;

import dev.intermission.api.trafficlog.PrivacyOperation;
import dev.intermission.api.trafficlog.PrivacyPattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is private by what it looks like is found behind escapes, whatever is found without. */
class EscapesTest {

  private final Redaction redaction =
      redaction(
          pattern(PrivacyPattern.EMAIL, null, PrivacyOperation.MASK),
          pattern(PrivacyPattern.CREDIT_CARD, null, PrivacyOperation.MASK));

  @Test
  void patternIsFoundBehindEscapes() {
    assertThat(redaction.query("m=u%40example.com&a=1")).isEqualTo("m=***&a=1");
    assertThat(
            body(
                redaction,
                "application/json",
                "{\"m\":\"u\\u0040example.com\",\"u@example.com\":1}"))
        .isEqualTo("{\"m\":\"***\",\"***\":1}");
    assertThat(redaction.plain("/users/u%40example.com")).isEqualTo("***");
    assertThat(body(redaction, "application/json", "{\"u\\u0040example.com\":1}"))
        .doesNotContain("example");
  }

  @Test
  void findingInPlainTextDoesNotEndTheSearchBehindEscapes() {
    assertThat(redaction.plain("/users/a@b.de/c%40d.de")).isEqualTo("***");
    assertThat(redaction.plain("/users/a@b.de/c%20d.de")).isEqualTo("/users/***/c%20d.de");
    assertThat(redaction.query("q=a@b.de+c%2540d.de")).isEqualTo("q=***");
  }

  @Test
  void textWithMoreLayersOfEscapesThanAreReadIsHidden() {
    assertThat(redaction.query("q=a%25252540b.de")).isEqualTo("q=***");
    assertThat(redaction.query("q=a%2525252525252540b.de")).isEqualTo("q=***");
    assertThat(redaction.query("q=100%25&c=5%+6")).isEqualTo("q=100%25&c=5%+6");
    Redaction named = redaction(element("pin", PrivacyOperation.MASK));
    assertThat(named.plain("a%252525252525253Apin%252525252525253A1")).isEqualTo("***");
    assertThat(body(named, "text/plain", "a\\b 5% & more")).isEqualTo("a\\b 5% & more");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "application/x-www-form-urlencoded | q=a%2540b.de&c=1 | q=***&c=1",
        "application/json | {\"t\":\"{\\\"mail\\\":\\\"a\\\\u0040b.de\\\"}\"} | {\"t\":\"***\"}",
        "application/json | {\"4111\\u0031111 11111111\":\"4111\",\"c\":1} | {\"***\":\"4111\",\"c\":1}",
        "application/json | {\"4111\\u0031111 11111111\":1,\"41111111 11111111\":1} | {\"***\":1,\"***\":1}",
        "text/xml | <a>a&#000000000064;b.de</a> | <a>***</a>",
        "text/xml | <a>a&#x0000000000000040;b.de</a> | <a>***</a>",
        "text/xml | <a>a&#64b.de</a> | <a>***</a>",
        "text/plain | mail a%40b.de or | ***",
      })
  void patternIsFoundBehindEscapesOfEscapes(String type, String text, String left) {
    assertThat(body(redaction, type, text)).isEqualTo(left);
  }
}
