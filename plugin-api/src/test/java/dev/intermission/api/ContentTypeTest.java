package dev.intermission.api;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ContentTypeTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "text/plain",
        "application/json; charset=utf-8",
        "application/json;charset=UTF-8",
        "Application/JSON ;  Charset=\"utf-8\"",
        "application/problem+json",
        "text/html;",
        "text/html; ;charset=utf-8",
        "a/b;c=\"d\\\"e;f\"",
        "multipart/mixed; boundary=\"a b\""
      })
  void validMediaTypeIsKeptAsWritten(String text) {
    assertThat(ContentType.parse(text).value()).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "``|expected a type at index 0",
        "text|expected '/' at index 4",
        "/plain|expected a type at index 0",
        "text/|expected a subtype at index 5",
        "text /plain|expected '/' at index 4",
        "text/plain, text/html|expected ';' at index 10",
        "text/plain; charset|expected '=' at index 19",
        "text/plain; charset=|expected a parameter value at index 20",
        "text/plain; charset =utf-8|expected '=' at index 19",
        "text/plain; a=\"b|expected '\"' at index 16",
        "text/plain; a=\"b\\|expected '\"' at index 17",
        "`text/plain `|expected no space at the end at index 10",
        "text/plain; charset=utf-8; charset=utf-8|expected one charset, not two",
      })
  void malformedMediaTypeIsRefusedWithTheFirstWrongPosition(String text, String fault) {
    assertThatThrownBy(() -> ContentType.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'" + text + "' is not a media type")
        .hasMessageContaining(fault);
  }

  @ParameterizedTest
  @CsvSource({
    "'text/plain\r\nX-A: b', U+000D at index 10",
    "'text/plain\0', U+0000 at index 10",
    "'text/plain\t', U+0009 at index 10",
    "'text/pl\u00e4in', U+00E4 at index 7",
    "'text/plain\u007f', U+007F at index 10"
  })
  void characterOutsideVisibleAsciiIsRefusedByNumber(String text, String fault) {
    assertThatThrownBy(() -> ContentType.parse(text)).hasMessageContaining(fault);
  }

  @Test
  void twoHundredFiftyFiveCharactersAreTakenAndOneMoreIsRefused() {
    String longest = "text/" + "x".repeat(250);
    assertThat(ContentType.parse(longest).value()).hasSize(255);
    assertThatThrownBy(() -> ContentType.parse(longest + "x"))
        .hasMessage("has 256 characters, allowed are 255");
  }

  @ParameterizedTest
  @ValueSource(strings = {"no-such-charset", "'", "ISO-2022-CN"})
  void charsetThatCannotBeEncodedIsRefusedByName(String charset) {
    assertThatThrownBy(() -> ContentType.parse("text/plain; charset=" + charset))
        .hasMessage(
            "names the charset '%s', which can't be encoded here; try utf-8".formatted(charset));
  }

  @Test
  void charsetIsTheNamedOneElseUtf8() {
    assertThat(ContentType.parse("text/plain").charset()).isEqualTo(UTF_8);
    assertThat(ContentType.parse("text/plain;CHARSET=\"iso-8859-1\"").charset())
        .isEqualTo(ISO_8859_1);
  }

  @ParameterizedTest
  @CsvSource({
    "application/json, true, false",
    "Application/Problem+JSON; a=b, true, false",
    "text/json, true, false",
    "text/xml, false, true",
    "application/soap+xml, false, true",
    "text/html, false, true",
    "text/plain, false, false",
    "application/jsonlines, false, false"
  })
  void typeTellsHowItsPlaceholdersAreEscaped(String text, boolean json, boolean markup) {
    ContentType type = ContentType.parse(text);
    assertThat(type.isJson()).isEqualTo(json);
    assertThat(type.isMarkup()).isEqualTo(markup);
  }

  @Test
  void messageIsEncodedInTheCharset() {
    assertThat(ContentType.parse("text/plain; charset=iso-8859-1").encode("für"))
        .isEqualTo(new byte[] {'f', (byte) 0xfc, 'r'});
    assertThat(ContentType.parse("text/plain; charset=utf-16be").encode("\ud83d\ude00"))
        .isEqualTo(new byte[] {(byte) 0xd8, 0x3d, (byte) 0xde, 0});
  }

  @Test
  void characterThatTheCharsetLacksIsNamed() {
    assertThatThrownBy(
            () -> ContentType.parse("text/plain; charset=us-ascii").encode("a\ud83d\ude00"))
        .hasMessage("has the character U+1F600 at index 1, which the charset US-ASCII lacks");
  }

  @Test
  void loneSurrogateIsRefusedInEveryCharset() {
    for (String charset : new String[] {"utf-8", "utf-16", "us-ascii"}) {
      ContentType type = ContentType.parse("text/plain; charset=" + charset);
      assertThatThrownBy(() -> type.encode("ab\ud83d"))
          .hasMessage("has the lone surrogate U+D83D at index 2");
      assertThatThrownBy(() -> type.encode("\udc00b"))
          .hasMessage("has the lone surrogate U+DC00 at index 0");
    }
  }

  /** Whatever is accepted is safe to write into a header field: one line of visible ASCII. */
  @Test
  void arbitraryTextIsEitherRefusedOrSafeInAHeader() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    String alphabet = "ab/;= \"\\,\r\n\0\u00e4charset=utf-8+";
    int accepted = 0;
    for (int round = 0; round < 50_000; round++) {
      StringBuilder text = new StringBuilder(random.nextBoolean() ? "a/b" : "");
      for (int left = random.nextInt(12); left > 0; left--) {
        text.append(alphabet.charAt(random.nextInt(alphabet.length())));
      }
      try {
        ContentType type = ContentType.parse(text.toString());
        accepted++;
        assertThat(type.value())
            .as("seed %d", seed)
            .matches("[ -~]+/[ -~]+")
            .isEqualTo(text.toString());
        assertThat(type.essence()).as("seed %d", seed).matches("[!-~&&[^;\"\\\\,]]+");
        assertThat(US_ASCII.newEncoder().canEncode(type.value())).as("seed %d", seed).isTrue();
      } catch (IllegalArgumentException e) {
        assertThat(e.getMessage()).as("seed %d", seed).isNotBlank();
      }
    }
    assertThat(accepted).as("seed %d", seed).isPositive();
  }
}
