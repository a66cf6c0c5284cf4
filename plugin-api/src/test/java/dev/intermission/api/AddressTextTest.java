package dev.intermission.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AddressTextTest {

  @ParameterizedTest
  @CsvSource({
    "0:0:0:0:0:0:0:1, ::1",
    "::, ::",
    "2001:db8:0:0:1:0:0:1, 2001:db8::1:0:0:1",
    "2001:DB8::00a, 2001:db8::a",
    "1:0:0:2:0:0:0:3, 1:0:0:2::3",
    "1:2:0:4:5:6:7:8, 1:2:0:4:5:6:7:8",
    "fe80:0:0:0:0:0:0:0, fe80::",
    "::ffff:1.2.3.4, 1.2.3.4",
    "192.0.2.1, 192.0.2.1"
  })
  void addressIsWrittenInItsShortestForm(String text, String shortest) throws Exception {
    assertThat(AddressText.of(InetAddress.getByName(text))).isEqualTo(shortest);
    assertThat(AddressText.of(text)).isEqualTo(shortest);
  }

  @ParameterizedTest
  @CsvSource({
    "[0:0:0:0:0:0:0:1], ::1",
    "[fe80:0:0:0:0:0:0:1%eth0], fe80::1",
    "fe80::1%2, fe80::1",
    "client.example, client.example",
    "a:b, a:b",
    "::1::, ::1::",
    "unknown, unknown"
  })
  void addressOfAContainerIsWrittenInItsShortestForm(String text, String shortest) {
    assertThat(AddressText.of(text)).isEqualTo(shortest);
  }

  @ParameterizedTest
  @CsvSource({
    "API.Example.com., api.example.com",
    "a_b, a_b",
    "127.0.0.1, 127.0.0.1",
    "0:0:0:0:0:0:0:1, [::1]",
    "[0:0:0:0:0:0:0:1], [::1]",
    "[2001:DB8:0::A], [2001:db8::a]",
    "[::ffff:1.2.3.4], 1.2.3.4",
    "[::1%lo], ''",
    "[x:1], ''"
  })
  void hostIsComparedInOneForm(String host, String plain) {
    assertThat(HostName.plain(host)).isEqualTo(plain);
  }
}
