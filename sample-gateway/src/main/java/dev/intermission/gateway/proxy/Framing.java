package dev.intermission.gateway.proxy;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpHeaderValue;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.io.EndPoint;

/**
 * How a client sees that a response was broken off. A body that ends with its connection looks
 * whole wherever it breaks (RFC 9112 section 8).
 */
final class Framing {

  private Framing() {}

  /**
   * Makes a body without a length chunked, also where the connection is closed after it: Jetty
   * would let it end with the connection then.
   */
  static void letBreaksShow(HttpServletRequest request, HttpServletResponse response) {
    boolean hasLength = response.containsHeader(HttpHeader.CONTENT_LENGTH.asString());
    boolean hasBody =
        !HttpMethod.HEAD.is(request.getMethod()) && !HttpStatus.hasNoBody(response.getStatus());
    if (hasBody && !hasLength && request.getProtocol().equals(HttpVersion.HTTP_1_1.asString())) {
      response.setHeader(
          HttpHeader.TRANSFER_ENCODING.asString(), HttpHeaderValue.CHUNKED.asString());
    }
  }

  /** Lets a connection that can't be told in another way end with a reset when it is closed. */
  static void resetOnClose(HttpServletRequest request) throws IOException {
    if (!request.getProtocol().equals(HttpVersion.HTTP_1_0.asString())) {
      return;
    }
    Object transport =
        ServletContextRequest.getServletContextRequest(request)
            .getConnectionMetaData()
            .getConnection()
            .getEndPoint();
    while (transport instanceof EndPoint endPoint) {
      transport = endPoint.getTransport();
    }
    if (transport instanceof SocketChannel channel) {
      channel.setOption(StandardSocketOptions.SO_LINGER, 0);
    }
  }
}
