package dev.intermission.gateway.proxy;

import jakarta.servlet.http.HttpServletRequest;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
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
    @Nullable String host = client.getHeader("Host");
    if (host == null) {
      fields.remove(HttpHeader.X_FORWARDED_HOST);
    } else {
      fields.put(HttpHeader.X_FORWARDED_HOST, host);
    }
  }
}
