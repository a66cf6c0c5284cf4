package dev.intermission.gateway.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.intermission.api.AddressRange;
import dev.intermission.api.IpAddress;
import dev.intermission.gateway.Peer;
import dev.intermission.gateway.Peer.Head;
import java.io.IOException;
import java.net.InetAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a trusted proxy says of the client before it is believed, and added to. */
class TrustedProxyTest extends ProxyFixture {

  @Override
  AddressRange[] trusted() {
    return new AddressRange[] {AddressRange.parse("192.0.2.1"), AddressRange.parse("127.0.0.0/8")};
  }

  private Head headAtUpstream(String... lines) throws IOException {
    try (Peer client = client().sendHead(lines);
        Peer upstream = upstreamConnection()) {
      Head head = upstream.readHead();
      upstream.sendHead("HTTP/1.1 204 None", "Connection: close");
      assertThat(client.readHead().status()).isEqualTo(204);
      return head;
    }
  }

  @Test
  void fieldsOfATrustedProxyGoOn() throws IOException {
    Head head =
        headAtUpstream(
            "GET /api HTTP/1.1",
            "Host: shop.example",
            "X-Forwarded-For: 192.0.2.7",
            "X-Forwarded-For: 192.0.2.8",
            "X_Forwarded_For: 192.0.2.9",
            "X-Forwarded-Proto: https",
            "X-Forwarded-Host: public.example",
            "X-Forwarded-Port: 443",
            "Forwarded: for=192.0.2.7;proto=https");
    assertThat(head.value("X-Forwarded-For")).isEqualTo("192.0.2.7, 192.0.2.8, 127.0.0.1");
    assertThat(head.value("X-Forwarded-Proto")).isEqualTo("https");
    assertThat(head.value("X-Forwarded-Host")).isEqualTo("public.example");
    assertThat(head.value("X-Forwarded-Port")).isEqualTo("443");
    assertThat(head.value("Forwarded"))
        .isEqualTo("for=192.0.2.7;proto=https, for=\"127.0.0.1\";host=\"shop.example\";proto=http");
    assertThat(head.values("X_Forwarded_For")).isEmpty();
  }

  @Test
  void whatItDoesNotSayIsTheGateways() throws IOException {
    Head head = headAtUpstream("GET /api HTTP/1.1", "Host: shop.example");
    assertThat(head.value("X-Forwarded-For")).isEqualTo("127.0.0.1");
    assertThat(head.value("X-Forwarded-Proto")).isEqualTo("http");
    assertThat(head.value("X-Forwarded-Port")).isEqualTo(String.valueOf(trafficPort()));
  }

  @ParameterizedTest
  @CsvSource({
    "10.0.0.0/8, 10.255.0.1, true",
    "10.0.0.0/8, 11.0.0.0, false",
    "10.128.0.0/9, 10.127.255.255, false",
    "192.0.2.1, 192.0.2.1, true",
    "192.0.2.1, 192.0.2.2, false",
    "0.0.0.0/0, 1.2.3.4, true",
    "0.0.0.0/0, ::1, false",
    "fd00::/8, fdff::1, true",
    "fd00::/8, fe00::1, false"
  })
  void blockContainsWhatBeginsWithItsBits(String block, String address, boolean contained)
      throws Exception {
    assertThat(AddressRange.parse(block).contains(IpAddress.of(InetAddress.getByName(address))))
        .isEqualTo(contained);
  }
}
