package dev.intermission.filter;

import dev.intermission.api.IpAddress;
import dev.intermission.gate.RequestHead;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Enumeration;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** The head of a request of the Servlet API. */
record ServletRequestHead(HttpServletRequest request) implements RequestHead {

  @Override
  public String method() {
    return request.getMethod();
  }

  @Override
  public @Nullable String query() {
    return request.getQueryString();
  }

  @Override
  public @Nullable IpAddress address() {
    String address = request.getRemoteAddr();
    return address == null ? null : IpAddress.parse(withoutBracketsAndZone(address));
  }

  /** Containers write addresses of IPv6 in different ways. */
  private static String withoutBracketsAndZone(String address) {
    boolean hasBrackets = address.startsWith("[") && address.endsWith("]");
    String bare = hasBrackets ? address.substring(1, address.length() - 1) : address;
    int zone = bare.indexOf('%');
    return zone < 0 ? bare : bare.substring(0, zone);
  }

  @Override
  public @Nullable String contentType() {
    return request.getHeader("Content-Type");
  }

  @Override
  public @Nullable String field(String name) {
    Enumeration<String> lines = request.getHeaders(name);
    if (lines == null || !lines.hasMoreElements()) {
      return null;
    }
    String value = lines.nextElement();
    while (lines.hasMoreElements()) {
      value = value + ", " + lines.nextElement();
    }
    return value;
  }

  @Override
  public void eachField(BiConsumer<String, String> reader) {
    Enumeration<String> names = request.getHeaderNames();
    while (names != null && names.hasMoreElements()) {
      String name = names.nextElement();
      Enumeration<String> lines = request.getHeaders(name);
      while (lines.hasMoreElements()) {
        reader.accept(name, lines.nextElement());
      }
    }
  }
}
