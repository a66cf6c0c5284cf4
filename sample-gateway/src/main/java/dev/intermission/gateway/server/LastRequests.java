package dev.intermission.gateway.server;

import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpHeaderValue;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * While the server stops, serves requests that still arrive on open connections, and announces that
 * the connection will be closed (RFC 9112 section 9.6), so that no client's request fails. HTTP/2
 * has its own way to say so. Jetty waits for the connections to be closed before it stops handlers.
 */
final class LastRequests extends Handler.Wrapper {

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    if (getServer().isStopping()
        && request.getConnectionMetaData().getHttpVersion() != HttpVersion.HTTP_2) {
      response.getHeaders().put(HttpHeader.CONNECTION, HttpHeaderValue.CLOSE);
    }
    return super.handle(request, response, callback);
  }
}
