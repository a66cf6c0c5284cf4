package dev.intermission.gate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RequestPathTest {

  @ParameterizedTest
  @CsvSource({
    "/a/b, /a/b, /a/b",
    "/a/b/, /a/b/, /a/b/",
    "/, /, /",
    "'', /, /",
    "*, /*, /*",
    "//a///b, /a/b, /a/b",
    "/a/./b/../c, /a/c, /a/c",
    "/../../a, /a, /a",
    "/a/.., /, /",
    "/a/b/.., /a/, /a/",
    "/a;x=1/b;y, /a/b, /a/b",
    "/a/..;x/b, /b, /b",
    "/%61%2f%62, /a%2Fb, /a/b",
    "/a%2F..%2Fb, /a%2F..%2Fb, /b",
    "/a%5cb, /a\\b, /a/b",
    "/a\\..\\b, /a\\..\\b, /b",
    "/%2e%2E/a, /a, /a",
    "/%252e, /%2e, /%2e",
    "/a%3Bb/c, /a;b/c, /a/c",
    "/%C3%BC, /ü, /ü",
    "/a%zz, /a%zz, /a%zz",
    "/a%2, /a%2, /a%2",
    "/.a/..b/c., /.a/..b/c., /.a/..b/c."
  })
  void pathHasOneCanonicalAndOneMostLenientReading(String raw, String canonical, String lenient) {
    assertThat(RequestPath.canonical(raw)).isEqualTo(canonical);
    if (canonical.equals(lenient)) {
      assertThat(RequestPath.otherReadings(raw)).isEmpty();
    } else {
      assertThat(RequestPath.otherReadings(raw)).contains(canonical, lenient);
    }
  }

  /** Each path, and a reading of it that no other combination has. */
  @ParameterizedTest
  @CsvSource({
    "/o/..%2Fa/x%5C..%5C..%5Cy, /a/x\\..\\..\\y",
    "/o/x%5Cy/..%2F..%2Fa, /a",
    "/o/x%2Fy%5C..%5C..%5Ca, /a",
    "/o/..%2Fa////..%2F..%2Fx, /a//x",
    "/o/..%3Bx%2Fa, /a",
    "/o/x%2F..%3B%2F..%2Fa, /o/x%2F..;%2F..%2Fa",
    "/p%2Fq/..;/o/..%2Fa, /a",
    "/o/..%2Fa/x%2F..%2F../.., /a"
  })
  void everyCombinationOfSeparatorsIsRead(String raw, String reading) {
    assertThat(RequestPath.otherReadings(raw)).contains(reading);
  }

  @ParameterizedTest
  @CsvSource({
    "/a, /a, true",
    "/a, /a/b/../c, true",
    "/a, /a/b%2F..%2Fc, true",
    "/a, /a%5Cb%2F, false",
    "/a, /a/b%2F..%2F..%2Fa/c, true",
    "/a, /a/b%2F..%2F..%2Fx/c, false",
    "/a, /ab, false",
    "/a, /b, false",
    "/a, /a/../b, false",
    "/a, /a/..%2Fb, false",
    "/a, /a/..%5Cb, false",
    "/a, /a/..%3Bx%2Fb, false",
    "'', /..%2Fb, true"
  })
  void pathThatCanBeReadAsAnotherDoesNotStayBelow(String prefix, String path, boolean below) {
    assertThat(RequestPath.staysBelow(prefix, path)).isEqualTo(below);
  }

  /** What has been read has nothing left in it that could be read again as another path. */
  @Test
  void canonicalPathOfAnyTextHasNoDotOrEmptySegments() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    String[] parts = {
      "/", "/", ".", "..", ";", "%2e", "%2F", "%5C", "\\", "a", "%61", "%", "%c3", "é", "%00"
    };
    for (int round = 0; round < 50_000; round++) {
      StringBuilder raw = new StringBuilder("/");
      for (int i = random.nextInt(10); i > 0; i--) {
        raw.append(parts[random.nextInt(parts.length)]);
      }
      String canonical = RequestPath.canonical(raw.toString());
      assertThat(canonical).as("seed %d: %s", seed, raw).startsWith("/").doesNotContain("//");
      Set<String> others = RequestPath.otherReadings(raw.toString());
      for (String read : Stream.concat(Stream.of(canonical), others.stream()).toList()) {
        assertThat(read.split("/")).as("seed %d: %s", seed, raw).doesNotContain(".", "..");
      }
      if (RequestPath.isPlain(raw.toString())) {
        assertThat(canonical).as("seed %d", seed).isEqualTo(raw.toString());
        assertThat(others).as("seed %d", seed).isEmpty();
      }
    }
  }
}
