package dev.intermission.filter;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
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
  void pathHasOneCanonicalAndOneLenientReading(String raw, String canonical, String lenient) {
    assertThat(RequestPath.canonical(raw)).isEqualTo(canonical);
    assertThat(RequestPath.lenient(raw)).isEqualTo(lenient);
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
      for (String read :
          new String[] {
            RequestPath.canonical(raw.toString()), RequestPath.lenient(raw.toString())
          }) {
        assertThat(read).as("seed %d: %s", seed, raw).startsWith("/").doesNotContain("//");
        assertThat(read.split("/")).as("seed %d: %s", seed, raw).doesNotContain(".", "..");
      }
      if (!RequestPath.isAmbiguous(raw.toString())) {
        assertThat(RequestPath.lenient(raw.toString()))
            .as("seed %d", seed)
            .isEqualTo(RequestPath.canonical(raw.toString()));
      }
      if (RequestPath.isPlain(raw.toString())) {
        assertThat(RequestPath.lenient(raw.toString()))
            .as("seed %d", seed)
            .isEqualTo(raw.toString());
      }
    }
  }
}
