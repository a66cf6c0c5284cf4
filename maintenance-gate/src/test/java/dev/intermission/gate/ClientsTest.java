package dev.intermission.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.intermission.api.AddressRange;
import dev.intermission.api.IpAddress;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who a request comes from. 10.0.0.0/8 and fd00::/8 are trusted proxies. */
class ClientsTest {

  private static final Clients CLIENTS =
      new Clients(Stream.of("10.0.0.0/8", "fd00::/8").map(AddressRange::parse).toList());

  private static @Nullable String client(String connection, String... lines) {
    IpAddress client = CLIENTS.of(TestHead.from(connection, lines));
    return client == null ? null : client.toString();
  }

  @Test
  void addressOfTheConnectionCountsIfItIsNoTrustedProxy() {
    assertThat(client("192.0.2.1")).isEqualTo("192.0.2.1");
    assertThat(client("192.0.2.1", "X-Forwarded-For: 10.0.0.9")).isEqualTo("192.0.2.1");
    assertThat(client("192.0.2.1", "Forwarded: for=10.0.0.9")).isEqualTo("192.0.2.1");
    assertThat(client("2001:db8::1", "X-Forwarded-For: 10.0.0.9")).isEqualTo("2001:db8::1");
    assertThat(CLIENTS.of(TestHead.of("GET", "X-Forwarded-For: 192.0.2.9"))).isNull();
    assertThat(client("10.0.0.1")).isEqualTo("10.0.0.1");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          192.0.2.9                                   | 192.0.2.9
          198.51.100.1, 192.0.2.9                     | 192.0.2.9
          192.0.2.9, 10.0.0.2, 10.0.0.3               | 192.0.2.9
          198.51.100.1, 192.0.2.9, 10.0.0.2, fd00::3  | 192.0.2.9
          10.0.0.5, 10.0.0.2                          | 10.0.0.5
          192.0.2.9:4711                              | 192.0.2.9
          2001:DB8::9                                 | 2001:db8::9
          [2001:db8::9]                               | 2001:db8::9
          [2001:db8::9]:4711, [fd00::2]:80            | 2001:db8::9
          ::ffff:192.0.2.9                            | 192.0.2.9
          ::ffff:10.0.0.2, ::ffff:10.0.0.3            | 10.0.0.2
          192.0.2.9, unknown                          |
          192.0.2.9, ''                               |
          192.0.2.9,                                  |
          192.0.2.9, , 10.0.0.2                       |
          192.0.2.9, _hidden, 10.0.0.2                |
          garbage, 192.0.2.9                          | 192.0.2.9
          192.0.2.9 198.51.100.1                      |
          192.0.2.09                                  |
          192.0.2.9:                                  |
          192.0.2.9:x                                 |
          192.0.2                                     |
          3221225993                                  |
          0xC0000209                                  |
          192.0.2.9/32                                |
          fe80::1%eth0                                |
          [192.0.2.9]                                 |
          [2001:db8::9                                |
          2001:db8::9]:80                             |
          """)
  void lastEntryThatIsNoTrustedProxyCounts(String field, @Nullable String expected) {
    assertThat(client("10.0.0.1", "X-Forwarded-For: " + field)).isEqualTo(expected);
    assertThat(client("fd00::1", "x-forwarded-for: " + field)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\1',
      textBlock =
          """
          for=192.0.2.9                                              | 192.0.2.9
          For="192.0.2.9:80";proto=https;by=10.0.0.1                 | 192.0.2.9
          proto=https;host="a, b;for=1";for=192.0.2.9                | 192.0.2.9
          for=198.51.100.1, for=192.0.2.9, for=10.0.0.2              | 192.0.2.9
          for="[2001:db8::9]:4711",for="[fd00::2]"                   | 2001:db8::9
          for="192.0.2.\\9"                                          | 192.0.2.9
          for=192.0.2.9, proto=https                                 |
          for=192.0.2.9, for=unknown                                 |
          for=192.0.2.9, for=_x                                      |
          for=192.0.2.9;for=192.0.2.8                                |
          for="192.0.2.9                                             |
          for="x, for=192.0.2.9                                      |
          for=192.0.2.9, for="x                                      |
          for=192.0.2.9;                                             |
          for=192.0.2.9,                                             |
          for= 192.0.2.9                                             |
          192.0.2.9                                                  |
          for=2001:db8::9                                            |
          """)
  void forwardedIsReadToo(String field, @Nullable String expected) {
    assertThat(client("10.0.0.1", "Forwarded: " + field)).isEqualTo(expected);
  }

  @Test
  void severalLinesAreOneList() {
    assertThat(
            client("10.0.0.1", "X-Forwarded-For: 192.0.2.8", "X-Forwarded-For: 192.0.2.9,10.0.0.2"))
        .isEqualTo("192.0.2.9");
  }

  /** A proxy may add to one of them, and pass the other on as the client made it up. */
  @Test
  void fieldsThatContradictEachOtherTellNothing() {
    assertThat(client("10.0.0.1", "X-Forwarded-For: 192.0.2.9", "Forwarded: for=192.0.2.9"))
        .isEqualTo("192.0.2.9");
    assertThat(client("10.0.0.1", "X-Forwarded-For: 192.0.2.9", "Forwarded: for=192.0.2.8"))
        .isNull();
    assertThat(client("10.0.0.1", "X-Forwarded-For: 192.0.2.9", "Forwarded: x")).isNull();
    assertThat(client("10.0.0.1", "X-Forwarded-For: x", "Forwarded: for=192.0.2.9")).isNull();
    assertThat(client("10.0.0.1", "X_Forwarded_For: 192.0.2.9")).isEqualTo("10.0.0.1");
  }

  @Test
  void longFieldsAreRead() {
    String quoted = "for=\"" + "\\x".repeat(50_000) + "\"";
    assertThat(client("10.0.0.1", "Forwarded: " + quoted + ", for=192.0.2.9"))
        .isEqualTo("192.0.2.9");
    assertThat(client("10.0.0.1", "X-Forwarded-For: " + ",".repeat(50_000) + "192.0.2.9"))
        .isEqualTo("192.0.2.9");
  }

  /** As a naive look at each range finds it. */
  @Test
  void setHasWhatItsRangesHave() {
    long seed = 15;
    Random random = new Random(seed);
    for (int round = 0; round < 500; round++) {
      List<AddressRange> ranges =
          Stream.generate(() -> range(random)).limit(random.nextInt(12)).toList();
      AddressSet set = new AddressSet(ranges);
      for (int i = 0; i < 50; i++) {
        IpAddress address = address(random, random.nextInt(3) == 0 ? 128 : 12);
        assertThat(set.contains(address))
            .as("seed %d: %s in %s", seed, address, ranges)
            .isEqualTo(ranges.stream().anyMatch(range -> range.contains(address)));
      }
    }
  }

  private static IpAddress address(Random random, int bits) {
    boolean ipv4 = random.nextBoolean();
    IpAddress any =
        ipv4
            ? new IpAddress(0, (0xFFFFL << 32) | (random.nextInt() & 0xFFFFFFFFL))
            : new IpAddress(random.nextLong(), random.nextLong());
    return any.network(ipv4 ? Math.min(128, 96 + bits) : bits);
  }

  private static AddressRange range(Random random) {
    int bits = random.nextInt(33);
    IpAddress network = address(random, bits);
    return AddressRange.parse(network + "/" + bits);
  }
}
