package dev.intermission.gateway.proxy;

import dev.intermission.api.RoutingAddress;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/** Chooses among a proxy's upstream addresses, each as often as its weight says. */
final class Upstreams {

  private Upstreams() {}

  static RoutingAddress choose(List<RoutingAddress> addresses) {
    return addresses.size() == 1
        ? addresses.get(0)
        : at(ThreadLocalRandom.current().nextLong(total(addresses)), addresses);
  }

  static long total(List<RoutingAddress> addresses) {
    return addresses.stream().mapToLong(RoutingAddress::weight).sum();
  }

  /** Returns the address at this point from 0 to below the total of the weights. */
  static RoutingAddress at(long point, List<RoutingAddress> addresses) {
    long left = point;
    for (RoutingAddress address : addresses) {
      left -= address.weight();
      if (left < 0) {
        return address;
      }
    }
    throw new IllegalArgumentException(point + " is not below the total weight");
  }
}
