package dev.intermission.trafficlog.privacy;

import static dev.intermission.trafficlog.privacy.Defined.element;
import static dev.intermission.trafficlog.privacy.Defined.pattern;
import static dev.intermission.trafficlog.privacy.Defined.redaction;
import static org.assertj.core.api.Assertions.assertThat;

import dev.intermission.api.trafficlog.PrivacyOperation;
import dev.intermission.api.trafficlog.PrivacyPattern;
import dev.intermission.trafficlog.capture.CapturedBody;
import dev.intermission.trafficlog.capture.CapturedField;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Bodies that did not come to their end. */
class BrokenOffTest {

  private static final int LIMIT = 100;

  private static String left(Redaction redaction, String type, String text) {
    CapturedBody body =
        new CapturedBody(text.getBytes(StandardCharsets.UTF_8), false, text.length());
    return redaction.body(body, LIMIT, List.of(new CapturedField("Content-Type", type)));
  }

  @Test
  void whatCameOfAShortBodyIsTold() {
    Redaction redaction = redaction(element("password", PrivacyOperation.MASK));
    assertThat(left(redaction, "text/plain", "hello")).isEqualTo("hello");
    assertThat(left(redaction(), "application/json", "{\"a\":1,\"b")).isEqualTo("{\"a\":1,\"b");
    assertThat(left(redaction, "application/json", "{\"a\":1,\"password\":\"ge"))
        .isEqualTo("{\"a\":1[the rest is left out, since it can't be read]");
    assertThat(left(redaction, "application/x-www-form-urlencoded", "a=1&password=ge"))
        .isEqualTo("a=1&password=***");
    assertThat(left(redaction, "text/plain", "")).isEmpty();
  }

  @Test
  void endThatCouldBeAPartOfWhatIsPrivateIsNotTold() {
    Redaction redaction =
        redaction(pattern(PrivacyPattern.CREDIT_CARD, null, PrivacyOperation.MASK));
    assertThat(left(redaction, "text/plain", "card 4111 1111 1111"))
        .isEqualTo("[left out: it ended too early to tell what is private]");
    assertThat(left(redaction, "text/plain", "x".repeat(4_106) + " 4111 1111 1111"))
        .isEqualTo("x".repeat(25));
  }

  @Test
  void lastCharacterMayBeAPartOnly() {
    byte[] cut = {'a', (byte) 0xc3};
    CapturedField text = new CapturedField("Content-Type", "text/plain");
    assertThat(redaction().body(new CapturedBody(cut, false, cut.length), LIMIT, List.of(text)))
        .isEqualTo("a");
    assertThat(redaction().body(new CapturedBody(cut, true, cut.length), LIMIT, List.of(text)))
        .isEqualTo("[left out: it is in another character set than it says]");
  }

  @ParameterizedTest
  @EnumSource(PrivacyPattern.class)
  void bodyOfWhichNothingHasComeIsEmpty(PrivacyPattern type) {
    for (PrivacyOperation operation : List.of(PrivacyOperation.MASK, PrivacyOperation.DETECT)) {
      boolean isName = type == PrivacyPattern.ELEMENT_NAME;
      Redaction redaction =
          redaction(
              isName
                  ? element("a", operation)
                  : pattern(type, type == PrivacyPattern.REGEX ? "a" : null, operation));
      for (String mediaType :
          List.of("", "text/plain", "application/json", "multipart/form-data;boundary=x")) {
        assertThat(left(redaction, mediaType, "")).isEmpty();
      }
      byte[] zipped = {0x1f};
      assertThat(
              redaction.body(
                  new CapturedBody(zipped, false, 1),
                  LIMIT,
                  List.of(new CapturedField("Content-Encoding", "gzip"))))
          .isEmpty();
    }
  }
}
