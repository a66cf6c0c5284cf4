package dev.intermission.admin.access;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.HexFormat;

/** What belongs to one client: an IPv4 address, or the /64 that an IPv6 client can choose from. */
final class Networks {

  private static final int PREFIX_BYTES = 8;

  private Networks() {}

  static String of(String address) {
    if (address.indexOf(':') < 0) {
      return address;
    }
    try {
      // With a colon in it, it is an address or nothing: no name is looked up.
      InetAddress parsed = InetAddress.getByName(address);
      return parsed instanceof Inet6Address
          ? HexFormat.of().formatHex(Arrays.copyOf(parsed.getAddress(), PREFIX_BYTES)) + "/64"
          : parsed.getHostAddress();
    } catch (UnknownHostException e) {
      return address;
    }
  }
}
