package dev.intermission.trafficlog.privacy;

import static dev.intermission.trafficlog.privacy.Defined.element;
import static dev.intermission.trafficlog.privacy.Defined.masked;
import static dev.intermission.trafficlog.privacy.Defined.pattern;
import static org.assertj.core.api.Assertions.assertThat;

import dev.intermission.api.trafficlog.MaskMode;
import dev.intermission.api.trafficlog.PrivacyDefinition;
import dev.intermission.api.trafficlog.PrivacyDefinition.Mask;
import dev.intermission.api.trafficlog.PrivacyOperation;
import dev.intermission.api.trafficlog.PrivacyPattern;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Values that two definitions find, which do not know of each other. */
class UnionTest {

  private static final String CARD = "4111111111111111";
  private static final PrivacyDefinition NAMED = masked("card", MaskMode.KEEP_LAST, 4);

  private static PrivacyDefinition keepsLast(PrivacyPattern type, @Nullable String regex) {
    Mask mask = new Mask(MaskMode.KEEP_LAST, "*", 4);
    return new PrivacyDefinition(null, true, type, null, regex, PrivacyOperation.MASK, mask);
  }

  private static PrivacyDefinition card(PrivacyOperation operation) {
    return pattern(PrivacyPattern.CREDIT_CARD, null, operation);
  }

  private static Redaction union(PrivacyDefinition... definitions) {
    return new Redaction(PrivacyRules.ofUnion(List.of(definitions), Defined.SALT));
  }

  private static String json(String text, PrivacyDefinition... definitions) {
    return Defined.body(union(definitions), "application/json", text);
  }

  private static String form(String text, PrivacyDefinition... definitions) {
    return Defined.body(union(definitions), "application/x-www-form-urlencoded", text);
  }

  private static String xml(String text, PrivacyDefinition... definitions) {
    return Defined.body(union(definitions), "application/xml", text);
  }

  @Test
  void valueThatIsFoundByItsNameAndByItsLooksIsMaskedAsAWhole() {
    PrivacyDefinition looks = card(PrivacyOperation.MASK);
    assertThat(json("{\"card\":\"" + CARD + "\",\"b\":1}", NAMED, looks))
        .isEqualTo("{\"card\":\"***\",\"b\":1}");
    assertThat(json("{\"card\":\"\\u0034111111111111111\"}", NAMED, looks))
        .isEqualTo("{\"card\":\"***\"}");
    assertThat(json("{\"card\":{\"n\":\"" + CARD + "\"}}", NAMED, looks))
        .isEqualTo("{\"card\":\"***\"}");
    assertThat(form("card=%34111111111111111&b=1", NAMED, looks)).isEqualTo("card=***&b=1");
    assertThat(xml("<a><card>&#52;111111111111111</card></a>", NAMED, looks))
        .isEqualTo("<a><card>***</card></a>");
    assertThat(union(NAMED, looks).field("Card", CARD)).isEqualTo("***");
    assertThat(json("{\"card\":\"" + CARD + "\"}", element("card", PrivacyOperation.HASH), looks))
        .isEqualTo("{\"card\":\"***\"}");
  }

  @Test
  void valueThatTwoPatternsFindIsMaskedAsAWhole() {
    PrivacyDefinition looks = keepsLast(PrivacyPattern.CREDIT_CARD, null);
    for (String regex : List.of("\\b[0-9]{16}\\b", "[0-9]{16}", "1111", "1{4}\"", "\"[0-9]+\"")) {
      PrivacyDefinition other = pattern(PrivacyPattern.REGEX, regex, PrivacyOperation.DELETE);
      for (PrivacyDefinition[] both :
          List.of(new PrivacyDefinition[] {looks, other}, new PrivacyDefinition[] {other, looks})) {
        assertThat(json("{\"a\":\"" + CARD + "\"}", both)).as(regex).doesNotContain("1111");
        assertThat(union(both).field("a", "\"" + CARD + "\"")).as(regex).doesNotContain("1111");
      }
    }
    PrivacyDefinition deleted = pattern(PrivacyPattern.REGEX, "[0-9]{16}", PrivacyOperation.DELETE);
    assertThat(union(looks, deleted).plain("a " + CARD + " b")).isEqualTo("a *** b");
  }

  @Test
  void allNamesOfAValueCount() {
    PrivacyDefinition[] both = {
      masked("user.pin", MaskMode.KEEP_LAST, 4), element("pin", PrivacyOperation.DELETE)
    };
    assertThat(form("user.pin=12345678", both)).isEqualTo("user.pin=***");
    assertThat(json("{\"user.pin\":\"12345678\"}", both)).isEqualTo("{\"user.pin\":\"***\"}");
    assertThat(union(both).field("user.pin", "12345678")).isEqualTo("***");
    PrivacyDefinition[] sides = {
      masked("a", MaskMode.KEEP_LAST, 4), element("pin", PrivacyOperation.DELETE)
    };
    assertThat(union(sides).query("a;pin=12345678")).isEqualTo("a;pin=***");
  }

  @Test
  void nothingStaysOfAValueWithAnotherOneInside() {
    PrivacyDefinition[] both = {
      masked("user", MaskMode.KEEP_LAST, 8), element("pin", PrivacyOperation.DELETE)
    };
    assertThat(json("{\"user\":{\"pin\":\"5678\"}}", both)).isEqualTo("{\"user\":\"***\"}");
    assertThat(xml("<user><pin>5678</pin></user>", both)).isEqualTo("<user>***</user>");
    assertThat(union(both).field("User", "pin=5678")).isEqualTo("***");
    // The log of a single connection does the same.
    Redaction one = Defined.redaction(both);
    assertThat(Defined.body(one, "application/json", "{\"user\":{\"pin\":\"5678\"}}"))
        .isEqualTo("{\"user\":\"***\"}");
  }

  @Test
  void valueThatBothTreatAlikeIsTreatedSo() {
    PrivacyDefinition looks = keepsLast(PrivacyPattern.CREDIT_CARD, null);
    String masked = "*".repeat(12) + "1111";
    assertThat(json("{\"card\":\"" + CARD + "\"}", NAMED, looks))
        .isEqualTo("{\"card\":\"" + masked + "\"}");
    assertThat(
            json(
                "{\"a\":\"x " + CARD + "\"}",
                looks,
                keepsLast(PrivacyPattern.REGEX, "[0-9]{16}"),
                card(PrivacyOperation.DETECT)))
        .isEqualTo("{\"a\":\"x " + masked + "\"}");
    assertThat(json("{\"card\":\"12345678\",\"a\":\"x\"}", NAMED, card(PrivacyOperation.MASK)))
        .isEqualTo("{\"card\":\"****5678\",\"a\":\"x\"}");
  }

  @Test
  void definitionsOfOneConnectionKeepTheirOrder() {
    assertThat(
            Defined.body(
                Defined.redaction(NAMED, card(PrivacyOperation.MASK)),
                "application/json",
                "{\"card\":\"" + CARD + "\"}"))
        .isEqualTo("{\"card\":\"************1111\"}");
  }
}
