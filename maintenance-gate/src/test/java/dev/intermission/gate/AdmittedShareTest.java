package dev.intermission.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.intermission.api.AddressRange;
import dev.intermission.api.AdmissionSalt;
import dev.intermission.api.DeployedProxy;
import dev.intermission.api.Exemptions;
import dev.intermission.api.IpAddress;
import dev.intermission.api.ProxyParts;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which clients pass while an API is closed to the others. */
class AdmittedShareTest {

  private static final AdmissionSalt SALT = AdmissionSalt.parse("0123456789abcdef0123456789abcdef");
  private static final AdmissionSalt OTHER =
      AdmissionSalt.parse("0123456789abcdef0123456789abcdee");

  private static DeployedProxy proxy(
      String path, int percent, @Nullable String by, @Nullable AdmissionSalt salt) {
    DeployedProxy closed = Proxies.closed(path);
    return new DeployedProxy(
        closed.proxy(),
        1,
        closed
            .settings()
            .withExemptions(new Exemptions(List.of(), List.of(), List.of(), percent, by)),
        new ProxyParts(List.of(), salt, null, null, null));
  }

  private static Gate gate(int percent, @Nullable String by, @Nullable AdmissionSalt salt) {
    Gate gate = new Gate(GateOptions.DEFAULTS);
    gate.publish(Proxies.snapshot(1, proxy("/api", percent, by, salt)));
    return gate;
  }

  private static Passage passage(Gate gate, RequestHead head) {
    return gate.current().decide(null, "/api/x", head).passage();
  }

  private static TestHead from(int client) {
    return TestHead.from("10.0." + client / 256 + "." + client % 256);
  }

  private static TestHead key(int client) {
    return TestHead.from("192.0.2.1", "X-Api-Key: key-" + client);
  }

  private static Set<Integer> admitted(Gate gate, @Nullable String by) {
    Set<Integer> admitted = new HashSet<>();
    for (int client = 0; client < 10_000; client++) {
      if (passage(gate, by == null ? from(client) : key(client)) == Passage.ADMITTED) {
        admitted.add(client);
      }
    }
    return admitted;
  }

  @ParameterizedTest
  @CsvSource({"X-Api-Key", ","})
  void shareIsAsLargeAsAskedForAndGrowsWithoutLosingAnyone(@Nullable String by) {
    Set<Integer> before = Set.of();
    for (int percent : new int[] {1, 2, 5, 10, 25, 50, 75, 99}) {
      try (Gate gate = gate(percent, by, SALT)) {
        Set<Integer> now = admitted(gate, by);
        assertThat(now.size() / 100.0).as(percent + " %").isCloseTo(percent, within(2.0));
        assertThat(now).containsAll(before);
        before = now;
      }
    }
  }

  @Test
  void gatesWithTheSameSaltAdmitTheSameOverDeploymentsAndForAllApis() {
    try (Gate one = gate(30, "X-Api-Key", SALT);
        Gate other = gate(30, "x-api-key", SALT)) {
      Set<Integer> admitted = admitted(one, "X-Api-Key");
      other.publish(
          Proxies.snapshot(
              2,
              proxy("/api", 30, "X-API-KEY", SALT),
              proxy("/other", 30, "X-Api-Key", SALT),
              Proxies.closed("/closed")));
      assertThat(admitted(other, "X-Api-Key")).isEqualTo(admitted);
      for (int client = 0; client < 1_000; client++) {
        assertThat(other.current().decide(null, "/other", key(client)).passage())
            .isEqualTo(passage(one, key(client)));
      }
    }
  }

  @Test
  void anotherSaltAdmitsOthers() {
    try (Gate one = gate(50, null, SALT);
        Gate other = gate(50, null, OTHER)) {
      Set<Integer> both = admitted(one, null);
      both.retainAll(admitted(other, null));
      assertThat(both.size()).isCloseTo(2_500, within(300));
    }
  }

  @Test
  void withoutASaltInTheSnapshotTheOneOfTheGateDecides() {
    GateOptions options = GateOptions.DEFAULTS.withAdmissionSalt(SALT);
    try (Gate given = new Gate(options);
        Gate same = gate(50, null, SALT);
        Gate own = gate(50, null, null)) {
      given.publish(Proxies.snapshot(1, proxy("/api", 50, null, null)));
      assertThat(admitted(given, null)).isEqualTo(admitted(same, null));
      assertThat(admitted(own, null))
          .isEqualTo(admitted(own, null))
          .isNotEqualTo(admitted(same, null));
    }
  }

  @Test
  void clientWithoutTheFieldIsToldByItsAddress() {
    try (Gate byField = gate(50, "X-Api-Key", SALT);
        Gate byAddress = gate(50, null, SALT)) {
      assertThat(
              IntStream.range(0, 200).mapToObj(client -> passage(byField, from(client))).toList())
          .isEqualTo(
              IntStream.range(0, 200).mapToObj(client -> passage(byAddress, from(client))).toList())
          .contains(Passage.ADMITTED, Passage.CLOSED);
      assertThat(passage(byField, TestHead.from("10.0.0.1", "X-Api-Key:  ")))
          .isEqualTo(passage(byField, from(1)));
    }
  }

  @Test
  void clientThatIsNotKnownIsNotAdmitted() {
    try (Gate gate = new Gate(GateOptions.DEFAULTS.withTrustedProxies(trusted()))) {
      gate.publish(Proxies.snapshot(1, proxy("/api", 99, null, SALT)));
      for (int client = 0; client < 50; client++) {
        assertThat(passage(gate, TestHead.of("GET", "X-Api-Key: " + client)))
            .isEqualTo(Passage.CLOSED);
        assertThat(passage(gate, TestHead.from("10.0.0.1", "X-Forwarded-For: x" + client)))
            .isEqualTo(Passage.CLOSED);
      }
    }
  }

  private static List<AddressRange> trusted() {
    return List.of(AddressRange.parse("10.0.0.0/8"));
  }

  @Test
  void addressesOfOneNetworkOfIpv6AreOneClient() {
    try (Gate gate = gate(50, null, SALT)) {
      Set<Passage> of = new HashSet<>();
      for (int network = 0; network < 50; network++) {
        String prefix = "2001:db8:0:" + Integer.toHexString(network);
        Passage first = passage(gate, TestHead.from(prefix + "::1"));
        assertThat(passage(gate, TestHead.from(prefix + ":ffff:1:2:3"))).isEqualTo(first);
        of.add(first);
      }
      assertThat(of).containsExactlyInAnyOrder(Passage.ADMITTED, Passage.CLOSED);
      assertThat(passage(gate, TestHead.from("::ffff:10.0.0.1"))).isEqualTo(passage(gate, from(1)));
    }
  }

  /** The vectors of the reference implementation: bytes 0, 1, 2, … with the key 0 to 15. */
  @ParameterizedTest
  @CsvSource({
    "0, 726fdb47dd0e0e31",
    "2, 0d6c8009d9a94f5a",
    "4, cf2794e0277187b7",
    "6, cbc9466e58fee3ce",
    "8, 93f5f5799a932462"
  })
  void hashIsSipHash(int bytes, String expected) {
    AdmissionSalt key = new AdmissionSalt(0x0706050403020100L, 0x0f0e0d0c0b0a0908L);
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < bytes; i += 2) {
      text.append((char) (i | ((i + 1) << 8)));
    }
    assertThat(SipHash.of(key, text.toString())).isEqualTo(Long.parseUnsignedLong(expected, 16));
    IpAddress address = Objects.requireNonNull(IpAddress.parse("::6162"));
    assertThat(SipHash.of(key, address.high(), address.low()))
        .isEqualTo(SipHash.of(key, "\0\0\0\0\u6162\0\0\0"));
  }
}
