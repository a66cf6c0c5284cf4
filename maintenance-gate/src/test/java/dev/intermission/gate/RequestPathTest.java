package dev.intermission.gate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RequestPathTest {

  @ParameterizedTest
  @CsvSource({
    "/a/b, /a/b",
    "/a/b/, /a/b/",
    "/, /",
    "'', /",
    "*, /*",
    "//a///b, /a/b",
    "/a/./b/../c, /a/c",
    "/../../a, /a",
    "/a/.., /",
    "/a/b/.., /a/",
    "/a;x=1/b;y, /a/b",
    "/a/..;x/b, /b",
    "/%61%2f%62, /a%2Fb",
    "/a%2F..%2Fb, /a%2F..%2Fb",
    "/a%5cb, /a\\b",
    "/a\\..\\b, /a\\..\\b",
    "/%2e%2E/a, /a",
    "/%252e, /%2e",
    "/a%3Bb/c, /a;b/c",
    "/%C3%BC, /ü",
    "/a%zz, /a%zz",
    "/a%2, /a%2",
    "/.a/..b/c., /.a/..b/c."
  })
  void pathHasOneCanonicalForm(String raw, String canonical) {
    assertThat(RequestPath.canonical(raw)).isEqualTo(canonical);
  }

  @ParameterizedTest
  @CsvSource({
    "/, false",
    "/b/../c, false",
    "/b%2F..%2Fc, false",
    "/b%5Cc%2F, false",
    "/b/c;d%2F..%2F, false",
    "/..a%2F.b, false",
    "/b%2F..%2F..%2Fa/c, true",
    "/b%2F..%2F..%2Fx/c, true",
    "/..%2Fb, true",
    "/..%5Cb, true",
    "/..\\b, true",
    "/..%3Bx%2Fb, true",
    "/..;x, true",
    "/%252e%252e/b, true",
    "/b%2Fc/..;/..;, true"
  })
  void dotSegmentInDoubtMayLeadAboveTheRoot(String path, boolean leads) {
    assertThat(RequestPath.mayLeadAboveRoot(path)).isEqualTo(leads);
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
      assertThat(canonical.split("/")).as("seed %d: %s", seed, raw).doesNotContain(".", "..");
      if (RequestPath.isPlain(raw.toString())) {
        assertThat(canonical).as("seed %d", seed).isEqualTo(raw.toString());
      }
    }
  }
}
