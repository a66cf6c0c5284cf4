package dev.intermission.api;

import java.net.InetAddress;
import java.util.Locale;

/**
 * The form in which hosts are compared: lower case, no final dot, IPv6 addresses in brackets and in
 * their shortest form (RFC 5952).
 */
public final class HostName {

  private HostName() {}

  /**
   * Returns a host in that form; the same string if it is a name that has it already. What has a
   * colon and is no address comes back empty.
   *
   * @param host a name or address without a port; an IPv6 address with or without brackets
   */
  public static String plain(String host) {
    if (host.indexOf(':') >= 0) {
      return address(host);
    }
    String plain = host;
    for (int i = 0; i < plain.length(); i++) {
      char c = plain.charAt(i);
      if ((c >= 'A' && c <= 'Z') || c > '~') {
        plain = plain.toLowerCase(Locale.ROOT);
        break;
      }
    }
    return plain.endsWith(".") ? plain.substring(0, plain.length() - 1) : plain;
  }

  private static String address(String host) {
    boolean hasBrackets = host.startsWith("[") && host.endsWith("]");
    InetAddress address =
        AddressText.ipv6(hasBrackets ? host.substring(1, host.length() - 1) : host);
    if (address == null) {
      return "";
    }
    String text = AddressText.of(address);
    return text.indexOf(':') < 0 ? text : "[" + text + "]";
  }
}
