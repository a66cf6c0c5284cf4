package dev.intermission.gate;

import dev.intermission.api.HttpToken;
import dev.intermission.api.IpAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads what proxies tell of the clients before them: {@code X-Forwarded-For}, and {@code
 * Forwarded} (RFC 7239 section 4). What is not clearly an address is none, since a client could
 * have made it up.
 */
final class ForwardedFor {

  private static final Pattern NODE =
      Pattern.compile("(?:\\[([0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*)]|([0-9.]+))(?::[0-9]{1,5})?");

  private final String field;
  private int at;

  private ForwardedFor(String field) {
    this.field = field;
  }

  /** Returns the address of each element of an {@code X-Forwarded-For}; null for one without. */
  static List<@Nullable IpAddress> listed(String field) {
    List<@Nullable IpAddress> addresses = new ArrayList<>();
    for (String element : field.split(",", -1)) {
      addresses.add(node(element.strip()));
    }
    return addresses;
  }

  /**
   * Returns the address of each element of a {@code Forwarded}; null for one without. If the field
   * can't be read, there is one element, without an address.
   */
  static List<@Nullable IpAddress> elements(String field) {
    List<@Nullable IpAddress> addresses = new ForwardedFor(field).elements();
    if (addresses.isEmpty()) {
      addresses.add(null);
    }
    return addresses;
  }

  private List<@Nullable IpAddress> elements() {
    List<@Nullable IpAddress> addresses = new ArrayList<>();
    IpAddress address = null;
    int told = 0;
    while (true) {
      skipSpaces();
      String name = token();
      String value = at < field.length() && field.charAt(at++) == '=' ? value() : "";
      skipSpaces();
      boolean isEnd = at == field.length();
      char next = isEnd ? ',' : field.charAt(at++);
      if (name.isEmpty() || value.isEmpty() || (next != ',' && next != ';')) {
        return new ArrayList<>();
      }
      if (name.equalsIgnoreCase("for")) {
        told++;
        address = node(value);
      }
      if (next == ',') {
        addresses.add(told == 1 ? address : null);
        address = null;
        told = 0;
      }
      if (isEnd) {
        return addresses;
      }
    }
  }

  private void skipSpaces() {
    while (at < field.length() && (field.charAt(at) == ' ' || field.charAt(at) == '\t')) {
      at++;
    }
  }

  private String token() {
    int begin = at;
    while (at < field.length() && HttpToken.allows(field.charAt(at))) {
      at++;
    }
    return field.substring(begin, at);
  }

  /** Returns a token or the text of a quoted string; empty if there is none. */
  private String value() {
    if (at == field.length() || field.charAt(at) != '"') {
      return token();
    }
    StringBuilder text = new StringBuilder();
    for (at++; at < field.length(); at++) {
      char c = field.charAt(at);
      if (c == '"') {
        at++;
        return text.toString();
      }
      if (c == '\\' && ++at < field.length()) {
        c = field.charAt(at);
      }
      text.append(c);
    }
    return "";
  }

  /** Returns the address of a node with or without a port; that of IPv6 may have brackets. */
  private static @Nullable IpAddress node(String text) {
    Matcher node = NODE.matcher(text);
    if (!node.matches()) {
      return IpAddress.parse(text);
    }
    return IpAddress.parse(node.group(1) == null ? node.group(2) : node.group(1));
  }
}
