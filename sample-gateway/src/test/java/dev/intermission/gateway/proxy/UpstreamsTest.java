package dev.intermission.gateway.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.intermission.api.RoutingAddress;
import java.net.URI;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class UpstreamsTest {

  private static RoutingAddress address(String host, int weight) {
    return new RoutingAddress(URI.create("http://" + host), weight, false);
  }

  private static String hosts(List<RoutingAddress> addresses) {
    return LongStream.range(0, Upstreams.total(addresses))
        .mapToObj(point -> Upstreams.at(point, addresses).address().getHost())
        .collect(Collectors.joining());
  }

  @Test
  void eachAddressHasItsShareOfThePoints() {
    assertThat(hosts(List.of(address("a", 3), address("b", 1), address("c", 2))))
        .isEqualTo("aaabcc");
  }

  @Test
  void addressOfWeightZeroIsNeverChosen() {
    List<RoutingAddress> addresses = List.of(address("a", 0), address("b", 1), address("c", 0));
    assertThat(hosts(addresses)).isEqualTo("b");
    assertThat(Stream.generate(() -> Upstreams.choose(addresses)).limit(1_000))
        .containsOnly(addresses.get(1));
  }

  @Test
  void everyAddressWithAWeightIsChosenInTime() {
    List<RoutingAddress> addresses = List.of(address("a", 1), address("b", 1_000_000));
    assertThat(Stream.generate(() -> Upstreams.choose(addresses)).limit(1_000))
        .contains(addresses.get(1));
    List<RoutingAddress> alike = List.of(address("a", 1), address("b", 1));
    assertThat(Stream.generate(() -> Upstreams.choose(alike)).limit(1_000))
        .contains(alike.get(0), alike.get(1));
  }

  @Test
  void pointBehindTheLastAddressIsRefused() {
    assertThatThrownBy(() -> Upstreams.at(1, List.of(address("a", 1))))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
