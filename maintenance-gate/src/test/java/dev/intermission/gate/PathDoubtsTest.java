package dev.intermission.gate;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PathDoubtsTest {

  /** Each of these counts once. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        ";", "\\", "%2f", "%2F", "%5c", "%3B", "%2e", "%25", "%3F", "%23", "%00", "%u", "%", "%zz",
        "%e9", "%ff", "%c0", "/a", "/."
      })
  void eachDoubtCountsOnce(String doubt) {
    // The rest of the path holds two: the slash, and what makes the path one that is not plain.
    int most = PathDoubts.MOST - 2;
    assertThat(PathDoubts.areTooMany("/;" + doubt.repeat(most) + text())).isFalse();
    assertThat(PathDoubts.areTooMany("/;" + doubt.repeat(most + 1) + text())).isTrue();
  }

  /** Text of any language, an encoded text and an encoded address are no doubts, however long. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "a",
        "%61",
        "%20",
        "%22%7B%3A",
        "%c3%a9",
        "%d0%96",
        "%e0%a4%95",
        "%f0%9f%98%80",
        "\u0416",
        "\u00e9",
        "x.y",
        "..."
      })
  void textCountsNothing(String text) {
    assertThat(PathDoubts.areTooMany("/" + text.repeat(4_000))).isFalse();
  }

  /** A plain path is matched as it is, whatever its length. */
  @Test
  void plainPathIsNeverRefused() {
    assertThat(PathDoubts.areTooMany("/a".repeat(4_000))).isFalse();
  }

  @Test
  void shortPathIsNeverRefused() {
    assertThat(PathDoubts.areTooMany("/".repeat(PathDoubts.MOST))).isFalse();
    assertThat(PathDoubts.areTooMany("/".repeat(PathDoubts.MOST + 1))).isTrue();
  }

  private static String text() {
    return "x".repeat(PathDoubts.MOST);
  }
}
