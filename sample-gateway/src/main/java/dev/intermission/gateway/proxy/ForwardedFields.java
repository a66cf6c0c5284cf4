package dev.intermission.gateway.proxy;

import java.util.StringJoiner;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.HostPort;
import org.jspecify.annotations.Nullable;

/**
 * The fields that tell an upstream what the gateway saw of the client. Addresses are appended to
 * those of proxies before; host, port and scheme are what the gateway itself was asked for, since a
 * client could claim anything there.
 */
final class ForwardedFields {

  private ForwardedFields() {}

  static void put(Request client, HttpFields.Mutable fields) {
    String before = String.join(", ", fields.getValuesList(HttpHeader.X_FORWARDED_FOR));
    String address = Request.getRemoteAddr(client);
    String scheme = client.getHttpURI().getScheme();
    fields.put(HttpHeader.X_FORWARDED_FOR, before.isEmpty() ? address : before + ", " + address);
    fields.put(HttpHeader.X_FORWARDED_PROTO, scheme);
    fields.put(HttpHeader.X_FORWARDED_PORT, String.valueOf(Request.getServerPort(client)));
    @Nullable String host = host(client);
    if (host == null) {
      fields.remove(HttpHeader.X_FORWARDED_HOST);
    } else {
      fields.put(HttpHeader.X_FORWARDED_HOST, host);
    }
    fields.add(HttpHeader.FORWARDED, forwarded(address, host, scheme));
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

  /** Returns whether a field is one of them, in any of the spellings that a receiver may accept. */
  static boolean isOne(HttpField field) {
    String name = field.getLowerCaseName().replace('_', '-');
    return name.equals("forwarded") || name.startsWith("x-forwarded-") || name.equals("x-real-ip");
  }

  /** Returns what the client asked for as a Host field has it, if it said so. */
  static @Nullable String host(Request client) {
    if (client.getConnectionMetaData().getHttpVersion() == HttpVersion.HTTP_1_0) {
      return client.getHeaders().get(HttpHeader.HOST);
    }
    return client.getHttpURI().getAuthority();
  }
}
