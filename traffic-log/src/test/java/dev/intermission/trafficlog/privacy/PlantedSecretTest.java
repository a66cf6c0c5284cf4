package dev.intermission.trafficlog.privacy;

import static dev.intermission.trafficlog.privacy.Defined.body;
import static dev.intermission.trafficlog.privacy.Defined.element;
import static dev.intermission.trafficlog.privacy.Defined.redaction;
import static org.assertj.core.api.Assertions.assertThat;

import dev.intermission.api.trafficlog.PrivacyOperation;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Secrets behind a name that is masked, in generated texts that are cut anywhere, get to no log.
 */
class PlantedSecretTest {

  private static final String SECRET = "hunter2";
  private static final int TEXTS = 2_000;

  private final Random random = new Random();

  @ParameterizedTest
  @ValueSource(strings = {"json", "xml", "form"})
  void secretIsInNoRecord(String form) {
    long seed = System.nanoTime();
    random.setSeed(seed);
    for (int i = 0; i < TEXTS; i++) {
      String text = form.equals("json") ? json(3) : form.equals("xml") ? xml(3) : form();
      String type =
          form.equals("json")
              ? "application/json"
              : form.equals("xml") ? "text/xml" : "application/x-www-form-urlencoded";
      String whole = body(redaction(element("pin", PrivacyOperation.MASK)), type, text);
      assertThat(whole).as("seed %d, text %s", seed, text).doesNotContain(SECRET);
      String cut = text.substring(0, random.nextInt(text.length() + 1));
      assertThat(body(redaction(element("pin", PrivacyOperation.MASK)), type, cut))
          .as("seed %d, text %s", seed, cut)
          .doesNotContain("hunt");
      String damaged = damaged(text);
      assertThat(
              body(
                  redaction(element("pin", PrivacyOperation.MASK)),
                  type,
                  damaged,
                  StandardCharsets.UTF_8,
                  1 + random.nextInt(200)))
          .as("seed %d, text %s", seed, damaged)
          .doesNotContain(SECRET);
    }
  }

  /** Damages what is between the values: the name that is masked stays one. */
  private String damaged(String text) {
    int at = random.nextInt(text.length() + 1);
    boolean isInside = at > 0 && at < text.length() && isOfName(text.charAt(at - 1));
    return isInside || form(text) ? text : text.substring(0, at) + " " + text.substring(at);
  }

  private static boolean isOfName(char c) {
    return Character.isLetterOrDigit(c) || "\\%:<!".indexOf(c) >= 0;
  }

  private static boolean form(String text) {
    return !text.startsWith("<") && !text.startsWith("{") && !text.startsWith("[");
  }

  private String any(String... texts) {
    return texts[random.nextInt(texts.length)];
  }

  private String json(int depth) {
    return switch (random.nextInt(depth == 0 ? 3 : 6)) {
      case 0 -> any("1", "-2.5e3", "true", "null", "\"\"", "\"a\\\"b\"", "\"\\u00e9{\"");
      case 1 -> "{" + member("\"" + SECRET + "\"") + "}";
      case 2 -> "\"{\\\"pin\\\": \\\"" + SECRET + "\\\"}\"";
      case 3 -> "[" + json(depth - 1) + any(",", " ,\n") + json(depth - 1) + "]";
      case 4 -> "{\"a\":" + json(depth - 1) + ", " + member(json(depth - 1)) + "}";
      default ->
          "{" + member("{\"x\":[\"" + SECRET + "\"]}") + "," + member("\"" + SECRET + "\"") + "}";
    };
  }

  private String member(String value) {
    return any("\"pin\"", "\"PIN\"", "\"p\\u0069n\"", "\"\\u0070in\"") + any(":", " : ") + value;
  }

  private String xml(int depth) {
    return switch (random.nextInt(depth == 0 ? 4 : 7)) {
      case 0 -> "<b>" + any("1", "a&amp;b", "<![CDATA[<x>]]>") + "</b>";
      case 1 -> "<pin>" + SECRET + "</pin>";
      case 2 -> "<b c='1' " + any("pin", "n:PIN") + any("=", " = ") + "\"" + SECRET + "\"/>";
      case 3 -> "<b><![CDATA[<pin>" + SECRET + "</pin>]]></b>";
      case 4 -> "<b>" + xml(depth - 1) + any("", " ", "\n") + xml(depth - 1) + "</b>";
      case 5 -> "<n:Pin a='>'>" + xml(depth - 1) + SECRET + "<!-- x --></n:Pin>";
      default -> "<pin><![CDATA[" + SECRET + "</pin>]]>" + SECRET + "</pin>" + xml(depth - 1);
    };
  }

  private String form() {
    StringBuilder form = new StringBuilder(any("a=1", "b", "c=d+e"));
    for (int i = random.nextInt(4); i >= 0; i--) {
      form.append(any("&", ";"))
          .append(any("pin", "PIN", "p%69n", "%70%49n", "user[pin]", "a.pin", "p%2569n"))
          .append("=")
          .append(any("", "x", "%20"))
          .append(SECRET);
    }
    return form.toString();
  }
}
