package dev.intermission.api;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * An IP address as two numbers. That of IPv4 is kept as its IPv4-mapped IPv6 address (RFC 4291
 * section 2.5.5.2), so {@code 192.0.2.1} and {@code ::ffff:192.0.2.1} are the same address.
 *
 * @param high the first 64 bits
 * @param low the last 64 bits
 */
public record IpAddress(long high, long low) implements Comparable<IpAddress> {

  static final int BITS = 128;
  static final int BITS_BEFORE_IPV4 = 96;

  private static final int GROUPS = 8;
  private static final int GROUPS_OF_IPV4 = 2;
  private static final long IPV4 = 0xFFFFL << 32;
  private static final long MAX_IPV4 = 0xFFFF_FFFFL;
  private static final int NONE = -1;

  /** Returns the address without its zone. */
  public static IpAddress of(InetAddress address) {
    ByteBuffer bytes = ByteBuffer.wrap(address.getAddress());
    return bytes.remaining() == Integer.BYTES
        ? ofIpv4(bytes.getInt() & MAX_IPV4)
        : new IpAddress(bytes.getLong(), bytes.getLong());
  }

  private static IpAddress ofIpv4(long number) {
    return new IpAddress(0, IPV4 | number);
  }

  /**
   * Returns the address that a text is: four decimal numbers without leading zeros, or IPv6 in any
   * form of RFC 4291 section 2.2, without brackets, port and zone. Looks no name up.
   *
   * @return null if it is none
   */
  public static @Nullable IpAddress parse(String text) {
    if (text.indexOf(':') >= 0) {
      return parseIpv6(text);
    }
    long number = parseIpv4(text, 0);
    return number == NONE ? null : ofIpv4(number);
  }

  /** Returns the number of the IPv4 address at the end of a text, or none. */
  private static long parseIpv4(String text, int from) {
    long number = 0;
    int at = from;
    for (int part = 0; part < Integer.BYTES; part++) {
      int begin = at;
      int value = 0;
      while (at < text.length() && isDigit(text.charAt(at)) && at - begin < 3) {
        value = value * 10 + text.charAt(at++) - '0';
      }
      boolean hasZeroBefore = at - begin > 1 && text.charAt(begin) == '0';
      if (at == begin || hasZeroBefore || value > 0xFF) {
        return NONE;
      }
      number = (number << Byte.SIZE) | value;
      boolean isLast = part == Integer.BYTES - 1;
      if (isLast ? at != text.length() : at == text.length() || text.charAt(at++) != '.') {
        return NONE;
      }
    }
    return number;
  }

  private static @Nullable IpAddress parseIpv6(String text) {
    int[] groups = new int[GROUPS];
    int count = 0;
    int gap = NONE;
    int at = 0;
    if (text.startsWith("::")) {
      gap = 0;
      at = 2;
    }
    while (at < text.length()) {
      int begin = at;
      int value = 0;
      while (at < text.length() && at - begin <= 4 && hex(text.charAt(at)) != NONE) {
        value = (value << 4) | hex(text.charAt(at++));
      }
      if (at == begin || at - begin > 4 || count == GROUPS) {
        return null;
      }
      if (at < text.length() && text.charAt(at) == '.') {
        long ipv4 = parseIpv4(text, begin);
        if (ipv4 == NONE || count > GROUPS - GROUPS_OF_IPV4) {
          return null;
        }
        groups[count++] = (int) (ipv4 >>> 16);
        groups[count++] = (int) (ipv4 & 0xFFFF);
        break;
      }
      groups[count++] = value;
      if (at == text.length()) {
        break;
      }
      if (text.charAt(at++) != ':' || at == text.length()) {
        return null;
      }
      if (text.charAt(at) == ':') {
        if (gap != NONE) {
          return null;
        }
        gap = count;
        at++;
      }
    }
    return ofGroups(groups, count, gap);
  }

  /** Puts zeros where the gap is; without one there must be all groups. */
  private static @Nullable IpAddress ofGroups(int[] groups, int count, int gap) {
    if (gap == NONE ? count != GROUPS : count == GROUPS) {
      return null;
    }
    long[] halves = new long[2];
    for (int group = 0; group < count; group++) {
      int place = gap == NONE || group < gap ? group : GROUPS - count + group;
      halves[place / 4] |= (long) groups[group] << (16 * (3 - place % 4));
    }
    return new IpAddress(halves[0], halves[1]);
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private static int hex(char c) {
    if (isDigit(c)) {
      return c - '0';
    }
    int lower = c | 0x20;
    return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : NONE;
  }

  /** Orders addresses by their numbers, so that those of a block stand together. */
  @Override
  public int compareTo(IpAddress other) {
    return compareTo(other.high, other.low);
  }

  /** Compares it with the address of these two numbers, as {@link #compareTo(IpAddress)} does. */
  public int compareTo(long otherHigh, long otherLow) {
    int ofHigh = Long.compareUnsigned(high, otherHigh);
    return ofHigh == 0 ? Long.compareUnsigned(low, otherLow) : ofHigh;
  }

  /** Returns whether it is an address of IPv4. */
  public boolean isIpv4() {
    return high == 0 && low >>> 32 == IPV4 >>> 32;
  }

  /** Returns the address with only its first bits, out of 128, and zeros for the others. */
  public IpAddress network(int bits) {
    return new IpAddress(high & mask(bits), low & mask(bits - Long.SIZE));
  }

  /** Returns the address with only its first bits, out of 128, and ones for the others. */
  IpAddress lastOfNetwork(int bits) {
    return new IpAddress(high | ~mask(bits), low | ~mask(bits - Long.SIZE));
  }

  private static long mask(int bits) {
    if (bits <= 0) {
      return 0;
    }
    return bits >= Long.SIZE ? -1 : -1L << (Long.SIZE - bits);
  }

  /** Returns its shortest form (RFC 5952). */
  @Override
  public String toString() {
    ByteBuffer bytes = ByteBuffer.allocate(2 * Long.BYTES).putLong(high).putLong(low);
    try {
      // An IPv4-mapped address becomes one of IPv4.
      return AddressText.of(InetAddress.getByAddress(bytes.array()));
    } catch (UnknownHostException e) {
      throw new IllegalStateException("Sixteen bytes are an address", e);
    }
  }
}
