package dev.intermission.admin.access;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NetworksTest {

  @ParameterizedTest
  @CsvSource({
    "192.0.2.7, 192.0.2.7",
    "2001:db8:1:2:3:4:5:6, 20010db800010002/64",
    "2001:db8:1:2::1, 20010db800010002/64",
    "[2001:db8:1:2::1], 20010db800010002/64",
    "2001:db8:1:3::1, 20010db800010003/64",
    "::1, 0000000000000000/64",
    "::ffff:192.0.2.7, 192.0.2.7",
    "no:address, no:address",
    "'', ''"
  })
  void anIpv6ClientIsItsNetwork(String address, String network) {
    assertThat(Networks.of(address)).isEqualTo(network);
  }
}
