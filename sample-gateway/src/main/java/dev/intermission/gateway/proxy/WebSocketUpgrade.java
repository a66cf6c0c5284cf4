package dev.intermission.gateway.proxy;

import org.eclipse.jetty.client.Response;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpHeaderValue;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.server.Request;

/**
 * The switch of a connection from HTTP/1.1 to WebSocket (RFC 6455 section 4, RFC 9110 section 7.8),
 * the only one that goes on.
 */
final class WebSocketUpgrade {

  private static final String PROTOCOL = "websocket";

  private WebSocketUpgrade() {}

  /** Returns whether a request without a body asks for it. */
  static boolean isAsked(Request request) {
    HttpFields fields = request.getHeaders();
    return fields.contains(HttpHeader.UPGRADE, PROTOCOL)
        && fields.contains(HttpHeader.CONNECTION, HttpHeaderValue.UPGRADE.asString())
        && HttpMethod.GET.is(request.getMethod())
        && request.getConnectionMetaData().getHttpVersion() == HttpVersion.HTTP_1_1;
  }

  /** Returns whether an upstream that was asked for it switches. */
  static boolean isGranted(Response upstream) {
    return upstream.getStatus() == HttpStatus.SWITCHING_PROTOCOLS_101
        && upstream.getHeaders().contains(HttpHeader.UPGRADE, PROTOCOL);
  }

  /** Puts the fields that ask for it or grant it, which are those of one connection. */
  static void put(HttpFields.Mutable fields) {
    fields.put(HttpHeader.UPGRADE, PROTOCOL);
    fields.put(HttpHeader.CONNECTION, HttpHeaderValue.UPGRADE.asString());
  }
}
