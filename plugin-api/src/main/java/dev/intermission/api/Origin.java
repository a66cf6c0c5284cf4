package dev.intermission.api;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Checks origins in the form in which browsers send them in {@code Origin} (RFC 6454 section 6.2,
 * and the serialization of an origin in the HTML standard): {@code scheme://host} or {@code
 * scheme://host:port}. Two origins are the same if their texts are.
 */
public final class Origin {

  /** What browsers send for a page whose origin is nobody's, such as that of a sandboxed frame. */
  public static final String OPAQUE = "null";

  /** The most characters that an origin may have: enough for every host name. */
  public static final int MAX_LENGTH = 300;

  private static final Pattern FORM =
      Pattern.compile("([a-z][a-z0-9+.-]*)://(\\[[0-9a-f:]+]|[a-z0-9._-]+)(?::([0-9]{1,5}))?");
  private static final Pattern ENDS_IN_A_NUMBER =
      Pattern.compile("(?:.*\\.)?(?:[0-9]+|0x[0-9a-f]*)\\.?");
  private static final Pattern IPV4 =
      Pattern.compile("(?:(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])(?:\\.(?!$)|$)){4}");
  private static final Map<String, String> DEFAULT_PORTS = Map.of("http", "80", "https", "443");
  private static final int MAX_PORT = 65_535;

  private Origin() {}

  /** Returns whether a browser may send this text as the origin of a page that has one. */
  public static boolean isOrigin(String text) {
    return fault(text).isEmpty();
  }

  /** Returns why no browser sends this text as an origin, for the operator; empty if it may. */
  static String fault(String text) {
    if (text.length() > MAX_LENGTH) {
      return "has " + text.length() + " characters, allowed are " + MAX_LENGTH;
    }
    Matcher parts = FORM.matcher(text);
    if (!parts.matches()) {
      return "is no origin as browsers send it; allowed is scheme://host or scheme://host:port in lower-case ASCII,"
          + " without a path or a slash at the end";
    }
    String port = parts.group(3);
    if (port != null && !isPort(port)) {
      return "has the port " + port + "; allowed are 1 to " + MAX_PORT + ", without leading zeros";
    }
    if (port != null && port.equals(DEFAULT_PORTS.get(parts.group(1)))) {
      return "has the port " + port + ", which browsers leave out with " + parts.group(1);
    }
    return hostFault(parts.group(2));
  }

  private static boolean isPort(String digits) {
    return digits.charAt(0) != '0' && Integer.parseInt(digits) <= MAX_PORT;
  }

  private static String hostFault(String host) {
    if (host.startsWith("[")) {
      return host.equals(serialized(AddressText.ipv6(host.substring(1, host.length() - 1))))
          ? ""
          : "has the host " + host + "; allowed are IPv6 addresses in their shortest form";
    }
    if (ENDS_IN_A_NUMBER.matcher(host).matches() && !IPV4.matcher(host).matches()) {
      return "has the host "
          + host
          + ", which browsers read as a number; allowed are IPv4 addresses of four numbers";
    }
    return host.startsWith(".") || host.contains("..")
        ? "has an empty label in the host " + host
        : "";
  }

  private static String serialized(@Nullable InetAddress address) {
    if (address instanceof Inet4Address) {
      // URLs write an IPv4 address in an IPv6 one in hexadecimal (URL standard, IPv6 serializer).
      byte[] b = address.getAddress();
      int high = (b[0] & 0xff) << 8 | (b[1] & 0xff);
      int low = (b[2] & 0xff) << 8 | (b[3] & 0xff);
      return String.format(Locale.ROOT, "[::ffff:%x:%x]", high, low);
    }
    return address == null ? "" : "[" + AddressText.of(address) + "]";
  }
}
