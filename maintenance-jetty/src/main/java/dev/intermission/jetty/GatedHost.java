package dev.intermission.jetty;

import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.HostPort;

/** The host by which the gate matches a request. */
final class GatedHost {

  private GatedHost() {}

  /**
   * Returns the host that a request is for: with HTTP/2 the Host field where {@code :authority} is
   * missing (RFC 9113 section 8.3.1), where Jetty would return the listener's own address.
   */
  static String of(Request request) {
    String field = request.getHeaders().get(HttpHeader.HOST);
    if (request.getHttpURI().hasAuthority() || field == null) {
      return Request.getServerName(request);
    }
    try {
      return new HostPort(field).getHost();
    } catch (IllegalArgumentException e) {
      // The field is not a host and port.
      return Request.getServerName(request);
    }
  }
}
