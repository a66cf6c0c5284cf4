package dev.intermission.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OriginTest {

  private static final String OF_NAMES = "abcdefghijklmnopqrstuvwxyz0123456789-_";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://example.com",
        "http://localhost:3000",
        "https://example.com.",
        "https://xn--mnchen-3ya.example",
        "https://a_b.example:65535",
        "http://127.0.0.1:8080",
        "http://255.0.0.1",
        "http://[::1]:3000",
        "http://[2001:db8::1:0:0:1]",
        "http://[::ffff:c000:201]",
        "http://3com.example",
        "http://example.com:443",
        "https://example.com:80",
        "chrome-extension://abcdefghijklmnopabcdefghijklmnop",
        "moz-extension://3c078156-979c-498b-8990-85f7987dd929",
        "capacitor://localhost"
      })
  void whatABrowserSendsIsAllowed(String origin) {
    assertThat(Origin.fault(origin)).isEmpty();
    assertThat(Cors.together(List.of(origin))).containsExactly(origin);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      ignoreLeadingAndTrailingWhitespace = false,
      value = {
        "|is no origin",
        "example.com|is no origin",
        "https://|is no origin",
        "https://example.com/|is no origin",
        "https://example.com/shop|is no origin",
        "https://example.com?a|is no origin",
        "https://user@example.com|is no origin",
        "https://Example.com|is no origin",
        "HTTPS://example.com|is no origin",
        "https://example.com |is no origin",
        " https://example.com|is no origin",
        "https://a.example https://b.example|is no origin",
        "https://a.example,https://b.example|is no origin",
        "https://*.example.com|is no origin",
        "https://m\u00fcnchen.example|is no origin",
        "https://example.com:|is no origin",
        "https://[::1|is no origin",
        "https://[fe80::1%25eth0]|is no origin",
        "file://|is no origin",
        "https://example.com:443|has the port 443, which browsers leave out with https",
        "http://example.com:80|has the port 80, which browsers leave out with http",
        "https://example.com:0|has the port 0; allowed are 1 to 65535",
        "https://example.com:0443|has the port 0443; allowed are 1 to 65535",
        "https://example.com:65536|has the port 65536; allowed are 1 to 65535",
        "http://[0:0:0:0:0:0:0:1]|has the host [0:0:0:0:0:0:0:1]; allowed are IPv6 addresses in their shortest form",
        "http://[::0]|has the host [::0]; allowed are IPv6 addresses in their shortest form",
        "http://[:]|has the host [:]; allowed are IPv6 addresses in their shortest form",
        "http://127.1|has the host 127.1, which browsers read as a number",
        "http://2130706433|has the host 2130706433, which browsers read as a number",
        "http://0x7f.0.0.1|has the host 0x7f.0.0.1, which browsers read as a number",
        "http://127.0.0.01|has the host 127.0.0.01, which browsers read as a number",
        "http://256.0.0.1|has the host 256.0.0.1, which browsers read as a number",
        "http://127.0.0.1.|has the host 127.0.0.1., which browsers read as a number",
        "http://a..b|has an empty label in the host a..b",
        "http://.a|has an empty label in the host .a"
      })
  void anythingElseIsRefusedWithItsReason(String text, String reason) {
    String given = text == null ? "" : text;
    assertThat(Origin.fault(given)).startsWith(reason);
    assertThat(Origin.isOrigin(given)).isFalse();
  }

  @Test
  void lineBreaksAreRefused() {
    assertThat(Origin.isOrigin("https://example.com\n")).isFalse();
    assertThat(Origin.isOrigin("https://example.com\r\nSet-Cookie: a=b")).isFalse();
  }

  @Test
  void originsAreReadAndNothingThatIsChangedInOnePlace() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    for (int i = 0; i < 20_000; i++) {
      String origin = origin(random);
      assertThat(Origin.fault(origin)).as("seed %d, %s", seed, origin).isEmpty();
      String changed = insert(origin, random);
      assertThat(Origin.isOrigin(changed)).as("seed %d, %s", seed, changed).isFalse();
    }
  }

  private static String origin(Random random) {
    String host =
        IntStream.rangeClosed(0, random.nextInt(4))
            .mapToObj(label -> label(random))
            .collect(Collectors.joining("."));
    int port = 1 + random.nextInt(65_535);
    boolean isDefault = port == 80 || port == 443;
    return (random.nextBoolean() ? "https://" : "http://")
        + host
        + (random.nextBoolean() || isDefault ? "" : ":" + port);
  }

  /** Begins with a letter other than the x of a hexadecimal number, so it is none. */
  private static String label(Random random) {
    return IntStream.range(0, random.nextInt(20))
        .mapToObj(i -> String.valueOf(OF_NAMES.charAt(random.nextInt(OF_NAMES.length()))))
        .collect(Collectors.joining("", "a", ""));
  }

  /** Puts a character where it makes anything but an origin. */
  private static String insert(String origin, Random random) {
    String others = "ABCXYZ/?#@%*,;\"'<>\\^`{|}~!$&()= \t\r\n\0\u007f\u00e4\u212a\u0130\uff41";
    int index = random.nextInt(origin.length() + 1);
    char other = others.charAt(random.nextInt(others.length()));
    return origin.substring(0, index) + other + origin.substring(index);
  }

  @Test
  void allIsAllowedAloneAndNobodysOriginNever() {
    assertThat(Cors.together(List.of("*", "*"))).containsExactly("*");
    assertThatThrownBy(() -> Cors.together(List.of("*", "https://a.example")))
        .hasMessage("has * beside others; * stands for all origins and is allowed alone");
    assertThatThrownBy(() -> Cors.together(List.of("null")))
        .hasMessageStartingWith("has an element that is null, the origin of pages of anybody");
  }

  @Test
  void boundsAreThose() {
    List<String> most =
        IntStream.range(0, Cors.MAX_ORIGINS).mapToObj(i -> "https://a" + i + ".example").toList();
    assertThat(Cors.together(most)).isEqualTo(most);
    assertThatThrownBy(() -> Cors.together(Collections.nCopies(101, "https://a.example")))
        .hasMessage("has 101 elements, allowed are 100");
    String longest = "https://" + "a".repeat(Origin.MAX_LENGTH - 8);
    assertThat(Origin.isOrigin(longest)).isTrue();
    assertThat(Origin.fault(longest + "a")).isEqualTo("has 301 characters, allowed are 300");
  }

  @Test
  void credentialsForAllCanNotBe() {
    assertThatThrownBy(
            () -> MaintenanceSettings.DEFAULT.withCors(new Cors(List.of(Cors.ANY), true)))
        .isInstanceOf(InvalidSettingsException.class)
        .hasMessageStartingWith("corsAllowCredentials: is true; allowed is false where");
    Cors some = new Cors(List.of("https://a.example"), true);
    assertThat(MaintenanceSettings.DEFAULT.withCors(some).cors()).isEqualTo(some);
  }
}
