package dev.intermission.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.intermission.api.ContentType;
import dev.intermission.api.MaintenanceSettings;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The message of a problem that nobody wrote one for. */
class ProblemDetailsTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          text/html        | <p>                 | utf-8    | 503 | {"type":"about:blank","title":"Service Unavailable","status":503,"detail":"API is under maintenance"}
          text/plain       | Back at six         | utf-8    | 500 | {"type":"about:blank","title":"Internal Server Error","status":500,"detail":"Back at six"}
          text/plain       | Back at six         | utf-8    | 599 | {"type":"about:blank","status":599,"detail":"Back at six"}
          text/plain;a="b" | "a\\b" zur\u00fcck\u20ac  | utf-8    | 429 | {"type":"about:blank","title":"Too Many Requests","status":429,"detail":"\\"a\\\\b\\" zur\u00fcck\u20ac"}
          text/plain       | zur\u00fcck\u20ac\ud83d\ude00      | latin1   | 403 | {"type":"about:blank","title":"Forbidden","status":403,"detail":"zur\u00fcck\\u20ac\\ud83d\\ude00"}
          text/plain       | until #ENDSAT#      | utf-8    | 200 | {"type":"about:blank","title":"OK","status":200,"detail":"until #ENDSAT#"}
          """)
  void messageIsThatOfRfc9457(
      String type, String message, String charset, int status, String expected) {
    MaintenanceSettings settings =
        new MaintenanceSettings(true, 403, ContentType.parse(type), message);
    ContentType problem = ContentType.parse("application/problem+json;charset=" + charset);
    String made = ProblemDetails.message(settings, status, problem);
    assertThat(made).isEqualTo(expected);
    assertThat(new String(problem.encode(made), problem.charset())).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({"10, a", "9, 9", "0, 0"})
  void controlsAreEscaped(int control, String digit) {
    MaintenanceSettings settings =
        new MaintenanceSettings(
            true, 503, ContentType.parse("text/plain"), Character.toString(control));
    assertThat(ProblemDetails.message(settings, 503, ContentType.parse("application/problem+json")))
        .endsWith("\"detail\":\"\\u000" + digit + "\"}");
  }
}
