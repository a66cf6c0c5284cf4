package dev.intermission.api;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.jspecify.annotations.Nullable;

/** IP addresses as text: IPv6 in its one shortest form (RFC 5952), without brackets and zone. */
public final class AddressText {

  private static final int GROUPS = 8;
  private static final String OF_IPV6 = "0123456789abcdefABCDEF:.";

  private AddressText() {}

  /** Returns the text of an address. */
  public static String of(InetAddress address) {
    return address instanceof Inet6Address
        ? shortest(address.getAddress())
        : address.getHostAddress();
  }

  /**
   * Returns this form of an address in any form, such as a servlet container tells that of a
   * client: {@code [0:0:0:0:0:0:0:1%lo]}. Text that is no IPv6 address is returned as it is.
   */
  public static String of(String text) {
    InetAddress address = text.indexOf(':') < 0 ? null : ipv6(withoutBracketsAndZone(text));
    return address == null ? text : of(address);
  }

  /**
   * Returns the IPv6 address that the text is, or null if it is none. That of an IPv4 address
   * ({@code ::ffff:192.0.2.1}) is the IPv4 address.
   *
   * @param text an address without brackets and zone
   */
  static @Nullable InetAddress ipv6(String text) {
    if (text.indexOf(':') < 0 || !text.chars().allMatch(c -> OF_IPV6.indexOf(c) >= 0)) {
      return null;
    }
    try {
      // No name is looked up for a text with a colon.
      return InetAddress.getByName(text);
    } catch (UnknownHostException e) {
      // It only looks like one.
      return null;
    }
  }

  private static String withoutBracketsAndZone(String text) {
    boolean hasBrackets = text.startsWith("[") && text.endsWith("]");
    String bare = hasBrackets ? text.substring(1, text.length() - 1) : text;
    int zone = bare.indexOf('%');
    return zone < 0 ? bare : bare.substring(0, zone);
  }

  private static String shortest(byte[] address) {
    int[] groups = new int[GROUPS];
    for (int i = 0; i < GROUPS; i++) {
      groups[i] = (address[2 * i] & 0xff) << 8 | (address[2 * i + 1] & 0xff);
    }
    int from = longestZeros(groups);
    int to = from < 0 ? from : endOfZeros(groups, from);
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < GROUPS; i++) {
      if (i == from) {
        text.append("::");
        i = to - 1;
      } else {
        text.append(i == 0 || i == to ? "" : ":").append(Integer.toHexString(groups[i]));
      }
    }
    return text.toString();
  }

  /** Returns where the first of the longest runs of two or more zeros begins; -1 without one. */
  private static int longestZeros(int[] groups) {
    int longest = -1;
    int length = 1;
    for (int i = 0; i < GROUPS; i++) {
      int run = endOfZeros(groups, i) - i;
      if (run > length) {
        longest = i;
        length = run;
      }
    }
    return longest;
  }

  private static int endOfZeros(int[] groups, int from) {
    int end = from;
    while (end < GROUPS && groups[end] == 0) {
      end++;
    }
    return end;
  }
}
