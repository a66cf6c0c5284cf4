package dev.intermission.gateway.proxy;

import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Hands what is asked of the server itself ({@code OPTIONS *}, RFC 9110 section 9.3.7) to the
 * reverse proxy, and all else to a servlet context, whose paths can't be {@code *}.
 */
public final class PastServlets extends Handler.Wrapper {

  private final ReverseProxy proxy;

  /** Makes a handler before a servlet context that starts and stops the proxy. */
  public PastServlets(Handler servlets, ReverseProxy proxy) {
    super(servlets);
    this.proxy = proxy;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    return ForGateway.isOfServer(request)
        ? proxy.handle(request, response, callback)
        : super.handle(request, response, callback);
  }
}
