package dev.intermission.gateway.proxy;

import jakarta.servlet.http.HttpServletRequest;
import java.util.StringJoiner;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.util.HostPort;
import org.eclipse.jetty.util.URIUtil;
import org.jspecify.annotations.Nullable;

/**
 * The fields that tell an upstream what the gateway saw of the client. Addresses are appended to
 * those of proxies before; host, port and scheme are what the gateway itself was asked for, since a
 * client could claim anything there.
 */
final class ForwardedFields {

  private ForwardedFields() {}

  static void put(HttpServletRequest client, HttpFields.Mutable fields) {
    String before = String.join(", ", fields.getValuesList(HttpHeader.X_FORWARDED_FOR));
    String address = client.getRemoteAddr();
    fields.put(HttpHeader.X_FORWARDED_FOR, before.isEmpty() ? address : before + ", " + address);
    fields.put(HttpHeader.X_FORWARDED_PROTO, client.getScheme());
    fields.put(HttpHeader.X_FORWARDED_PORT, String.valueOf(client.getServerPort()));
    @Nullable String host = host(client);
    if (host == null) {
      fields.remove(HttpHeader.X_FORWARDED_HOST);
    } else {
      fields.put(HttpHeader.X_FORWARDED_HOST, host);
    }
    fields.add(HttpHeader.FORWARDED, forwarded(address, host, client.getScheme()));
  }

  /** Returns the element that RFC 7239 section 4 lets a proxy append. */
  private static String forwarded(String address, @Nullable String host, String scheme) {
    StringJoiner element = new StringJoiner(";");
    element.add("for=" + quoted(HostPort.normalizeHost(address)));
    if (host != null) {
      element.add("host=" + quoted(host));
    }
    return element.add("proto=" + scheme).toString();
  }

  private static String quoted(String value) {
    return '"' + value.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }

  /** Returns what the client asked for as a Host field has it, if it said so. */
  static @Nullable String host(HttpServletRequest client) {
    @Nullable String field = client.getHeader(HttpHeader.HOST.asString());
    if (field != null || !client.getProtocol().equals(HttpVersion.HTTP_2.asString())) {
      return field;
    }
    // There it is a pseudo-field (RFC 9113 section 8.3.1), that only name and port are left of.
    int port = URIUtil.normalizePortForScheme(client.getScheme(), client.getServerPort());
    String name = HostPort.normalizeHost(client.getServerName());
    return port > 0 ? name + ":" + port : name;
  }
}
