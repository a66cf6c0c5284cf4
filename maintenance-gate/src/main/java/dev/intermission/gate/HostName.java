package dev.intermission.gate;

import java.util.Locale;

/** The form in which hosts are compared: lower case, no final dot, IPv6 in brackets. */
final class HostName {

  private HostName() {}

  /**
   * Returns the host as {@link dev.intermission.api.Route} writes it; the same string if it is in
   * that form already.
   */
  static String plain(String host) {
    String plain = host;
    for (int i = 0; i < plain.length(); i++) {
      char c = plain.charAt(i);
      if ((c >= 'A' && c <= 'Z') || c > '~') {
        plain = plain.toLowerCase(Locale.ROOT);
        break;
      }
    }
    if (plain.endsWith(".")) {
      plain = plain.substring(0, plain.length() - 1);
    }
    return plain.indexOf(':') >= 0 && !plain.startsWith("[") ? "[" + plain + "]" : plain;
  }
}
