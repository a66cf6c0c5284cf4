package dev.intermission.gate;

import dev.intermission.api.AddressRange;
import dev.intermission.api.IpAddress;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The addresses of many ranges, as intervals that are sorted and do not overlap. Those of IPv4 and
 * of IPv6 are apart, since the addresses of IPv4 lie within those of IPv6 and a range of IPv6 has
 * none of them. Immutable; a look-up allocates nothing.
 */
final class AddressSet {

  private final Intervals ipv4;
  private final Intervals ipv6;

  AddressSet(List<AddressRange> ranges) {
    ipv4 = new Intervals(ranges.stream().filter(AddressRange::isIpv4).toList());
    ipv6 = new Intervals(ranges.stream().filter(range -> !range.isIpv4()).toList());
  }

  /** Returns whether an address is in one of the ranges. */
  boolean contains(IpAddress address) {
    return (address.isIpv4() ? ipv4 : ipv6).contains(address);
  }

  private static final class Intervals {

    private final long[] highs;
    private final long[] lows;
    private final IpAddress[] lasts;

    Intervals(List<AddressRange> ranges) {
      List<AddressRange> separate = new ArrayList<>();
      ranges.stream()
          .sorted(
              Comparator.comparing(AddressRange::first)
                  .thenComparing(AddressRange::last, Comparator.reverseOrder()))
          .filter(range -> separate.isEmpty() || !last(separate).contains(range.first()))
          .forEach(separate::add);
      highs = separate.stream().mapToLong(range -> range.first().high()).toArray();
      lows = separate.stream().mapToLong(range -> range.first().low()).toArray();
      lasts = separate.stream().map(AddressRange::last).toArray(IpAddress[]::new);
    }

    /** Two blocks are apart, or one is in the other. */
    private static AddressRange last(List<AddressRange> ranges) {
      return ranges.get(ranges.size() - 1);
    }

    boolean contains(IpAddress address) {
      int from = 0;
      int to = highs.length;
      while (from < to) {
        int middle = (from + to) >>> 1;
        if (address.compareTo(highs[middle], lows[middle]) >= 0) {
          from = middle + 1;
        } else {
          to = middle;
        }
      }
      return from > 0 && address.compareTo(lasts[from - 1]) <= 0;
    }
  }
}
