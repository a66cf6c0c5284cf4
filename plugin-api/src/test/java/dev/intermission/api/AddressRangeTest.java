package dev.intermission.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressRangeTest {

  private static IpAddress address(String text) {
    return Objects.requireNonNull(IpAddress.parse(text), text);
  }

  @ParameterizedTest
  @CsvSource({
    "10.0.0.0/8, 10.255.0.1, true",
    "10.0.0.0/8, 11.0.0.0, false",
    "10.128.0.0/9, 10.127.255.255, false",
    "192.0.2.1, 192.0.2.1, true",
    "192.0.2.1, 192.0.2.2, false",
    "192.0.2.1/32, 192.0.2.1, true",
    "0.0.0.0/0, 255.2.3.4, true",
    "0.0.0.0/0, ::1, false",
    "10.0.0.0/8, ::ffff:10.1.2.3, true",
    "::ffff:10.0.0.0/104, 10.1.2.3, true",
    "::ffff:10.0.0.1, 10.0.0.1, true",
    "::/0, 2001:db8::1, true",
    "::/0, 10.0.0.1, false",
    "::/0, ::ffff:10.0.0.1, false",
    "fd00::/8, fdff::1, true",
    "fd00::/8, fe00::1, false",
    "2001:DB8:0:1::/64, 2001:db8:0:1:ffff::, true",
    "2001:db8:0:1::/64, 2001:db8:0:2::, false",
    "ffff::/16, ffff:ffff::1, true",
    "8000::/1, 7fff::, false"
  })
  void rangeHasWhatBeginsWithItsBits(String range, String address, boolean contained) {
    assertThat(AddressRange.parse(range).contains(address(address))).isEqualTo(contained);
    assertThat(AddressRange.parse(range).value()).isEqualTo(range);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          10.0.0.1/8            | has bits behind its first 8; allowed is the first address of the block, 10.0.0.0/8
          2001:db8::1/64        | has bits behind its first 64; allowed is the first address of the block, 2001:db8::/64
          ::ffff:10.0.0.1/104   | has bits behind its first 104; allowed is the first address of the block, 10.0.0.0/8
          10.0.0.0/33           | has no number of bits behind its slash; allowed are 0 to 32
          ::/129                | has no number of bits behind its slash; allowed are 0 to 128
          10.0.0.0/             | has no number of bits behind its slash; allowed are 0 to 32
          10.0.0.0/08           | has no number of bits behind its slash; allowed are 0 to 32
          10.0.0.0/-1           | has no number of bits behind its slash; allowed are 0 to 32
          10.0.0.0/255.0.0.0    | has no number of bits behind its slash; allowed are 0 to 32
          fe80::1%eth0          | has a zone, which means something on one machine only; allowed is an IP address or a block such as 10.0.0.0/8 or fd00::/8
          localhost             | is no IP address; allowed is an IP address or a block such as 10.0.0.0/8 or fd00::/8
          """)
  void whatIsNoRangeIsRefused(String text, String message) {
    assertThatThrownBy(() -> AddressRange.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/",
        "1",
        "1.2.3",
        "1.2.3.4.5",
        "1.2.3.256",
        "1.2.3.04",
        "1.2.3.4 ",
        " 1.2.3.4",
        "1..2.3",
        "1.2.3.",
        "0x1.2.3.4",
        "\u0661.2.3.4",
        ":",
        ":::",
        "1::2::3",
        ":1:2:3:4:5:6:7",
        "1:2:3:4:5:6:7",
        "1:2:3:4:5:6:7:",
        "1:2:3:4:5:6:7:8:9",
        "1:2:3:4:5:6:7:8::",
        "12345::",
        "g::",
        "[::1]",
        "::1.2.3",
        "1:2:3:4:5:6:7:1.2.3.4",
        "::1.2.3.4:5",
        "\u0661::"
      })
  void whatIsNoAddressIsNone(String text) {
    assertThat(IpAddress.parse(text)).isNull();
  }

  /** The JDK reads addresses too; it looks no name up for those that are written here. */
  @Test
  void addressIsWhatTheJdkReads() throws Exception {
    long seed = 7;
    Random random = new Random(seed);
    for (int i = 0; i < 2_000; i++) {
      byte[] bytes = new byte[random.nextBoolean() ? 4 : 16];
      random.nextBytes(bytes);
      for (int zero = random.nextInt(bytes.length); zero < bytes.length - 1; zero += 2) {
        bytes[zero] = 0;
        bytes[zero + 1] = 0;
      }
      InetAddress expected = InetAddress.getByAddress(bytes);
      assertThat(address(expected.getHostAddress()))
          .as("seed %d: %s", seed, expected)
          .isEqualTo(IpAddress.of(expected));
      assertThat(address(AddressText.of(expected))).isEqualTo(IpAddress.of(expected));
      assertThat(IpAddress.of(expected).toString()).isEqualTo(AddressText.of(expected));
    }
    assertThat(address("::ffff:192.0.2.1")).isEqualTo(address("192.0.2.1"));
    assertThat(address("::")).isEqualTo(new IpAddress(0, 0));
    assertThat(address("1::")).isEqualTo(new IpAddress(1L << 48, 0));
  }
}
