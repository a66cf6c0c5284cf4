package dev.intermission.gateway.proxy;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;

/** Addresses as text: IPv6 in its one shortest form (RFC 5952), without brackets and zone. */
final class ClientAddress {

  private static final int GROUPS = 8;

  private ClientAddress() {}

  /** Returns the address of a socket; that of an unresolved one is its name. */
  static String of(SocketAddress socket) {
    if (!(socket instanceof InetSocketAddress inet)) {
      return "unknown";
    }
    InetAddress address = inet.getAddress();
    if (address == null) {
      return inet.getHostString();
    }
    return address instanceof Inet6Address
        ? shortest(address.getAddress())
        : address.getHostAddress();
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
