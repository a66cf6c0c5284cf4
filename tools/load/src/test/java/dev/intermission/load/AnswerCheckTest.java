package dev.intermission.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which responses are right when two are. */
class AnswerCheckTest {

  private final AnswerCheck.Source checks =
      new AnswerCheck.Source(
          List.of(
              ExpectedAnswer.of(503, "text/plain", "first"),
              ExpectedAnswer.of(429, "text/html", "second, longer")));

  private @Nullable Failure failure(int status, @Nullable String type, String... parts) {
    AnswerCheck check = checks.next();
    check.head(status, type);
    for (String part : parts) {
      check.content(ByteBuffer.wrap(part.getBytes(StandardCharsets.UTF_8)));
    }
    return check.failure();
  }

  @Test
  void eitherOfTwoIsRightInWhateverPartsItComes() {
    assertThat(failure(503, "text/plain", "first")).isNull();
    assertThat(failure(503, "text/plain", "fi", "", "rst")).isNull();
    assertThat(failure(429, "text/html", "second", ", longer")).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "429, text/plain, first",
    "503, text/html, first",
    "503, text/plain, 'second, longer'",
    "429, text/html, first"
  })
  void partsOfBothAreMixed(int status, String type, String body) {
    assertThat(failure(status, type, body)).isEqualTo(Failure.MIXED);
  }

  @ParameterizedTest
  @CsvSource({
    "500, text/plain, first, STATUS",
    "503, text/css, first, CONTENT_TYPE",
    "503, , first, CONTENT_TYPE",
    "503, text/plain, firs, BODY",
    "503, text/plain, first!, BODY",
    "503, text/plain, second, BODY",
    "503, text/plain, '', BODY",
    "503, text/plain, 'second, longer and longer', BODY"
  })
  void whatIsNeitherIsWrong(int status, @Nullable String type, String body, Failure kind) {
    assertThat(failure(status, type, body)).isEqualTo(kind);
  }

  @Test
  void whatIsNotExpectedIsNotLookedAt() {
    AnswerCheck check = new AnswerCheck.Source(List.of(ExpectedAnswer.ANY)).next();
    check.head(200, null);
    check.content(ByteBuffer.allocate(100));
    assertThat(check.failure()).isNull();
  }
}
