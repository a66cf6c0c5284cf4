package dev.intermission.gateway.log;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.LoggerFactory;

/** What a log line shows of what came from outside. */
class VisibleTextTest {

  @ParameterizedTest
  @CsvSource({"0, 0000", "7, 0007", "9, 0009", "10, 000a", "13, 000d", "27, 001b", "127, 007f"})
  void controlCharacterIsEscaped(int character, String digits) {
    assertThat(VisibleText.of("a" + (char) character + "b")).isEqualTo("a\\u" + digits + "b");
  }

  /** The next line, the introducer of terminal sequences, separators, and the text's direction. */
  @ParameterizedTest
  @CsvSource({"133, 0085", "155, 009b", "8232, 2028", "8233, 2029", "8238, 202e", "8294, 2066"})
  void characterThatActsLikeAControlIsEscaped(int character, String digits) {
    assertThat(VisibleText.of("a" + (char) character)).isEqualTo("a\\u" + digits);
  }

  @Test
  void textOfAnyLanguageStays() {
    assertThat(VisibleText.of("Größe 注文 😀 a\\b")).isEqualTo("Größe 注文 😀 a\\b");
  }

  @Test
  void everyLineOfTheGatewaysLogIsEscapedAndEndsOnce() {
    PrintStream before = System.err;
    ByteArrayOutputStream written = new ByteArrayOutputStream();
    try (PrintStream err = new PrintStream(written, true, UTF_8)) {
      System.setErr(err);
      LoggerFactory.getLogger("test\u001b")
          .error("a{}\tb\r\nc", "\u001b[2J\u2028", new IOException("d\u0007\ne\u009b"));
    } finally {
      System.setErr(before);
    }
    assertThat(written.toString(UTF_8))
        .contains(
            "ERROR test\\u001b a\\u001b[2J\\u2028\\u0009b c | java.io.IOException: d\\u0007 | e")
        .matches("[^\\p{Cntrl}\\x80-\\x9f]+\n");
  }
}
