package dev.intermission.gateway.proxy;

import java.util.Map;
import org.eclipse.jetty.client.transport.HttpClientTransportOverHTTP;
import org.eclipse.jetty.client.transport.HttpExchange;
import org.eclipse.jetty.client.transport.internal.HttpChannelOverHTTP;
import org.eclipse.jetty.client.transport.internal.HttpConnectionOverHTTP;
import org.eclipse.jetty.io.ClientConnector;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;

/** HTTP/1.1 to upstreams, with what Jetty's client does not do for a proxy. */
final class UpstreamTransport extends HttpClientTransportOverHTTP {

  UpstreamTransport(ClientConnector connector) {
    super(connector);
  }

  @Override
  public Connection newConnection(EndPoint endPoint, Map<String, Object> context) {
    return customize(new ToUpstream(endPoint, context), context);
  }

  private static final class ToUpstream extends HttpConnectionOverHTTP {

    ToUpstream(EndPoint endPoint, Map<String, Object> context) {
      super(endPoint, context);
    }

    @Override
    protected HttpChannelOverHTTP newHttpChannel() {
      return new ReadsToTheEnd(this);
    }

    /** Silence is not the upstream's where it waits for the client, or is not read for it. */
    @Override
    protected boolean onIdleTimeout(long idleTimeout) {
      HttpExchange exchange = getHttpChannel().getHttpExchange();
      return !(exchange != null
              && exchange.getRequest() instanceof UpstreamRequest request
              && request.isClientsTurn())
          && super.onIdleTimeout(idleTimeout);
    }
  }

  /**
   * Waits for the response where the request could not be sent to its end: an upstream may refuse a
   * body, say so, and close (RFC 9112 section 9.5). Jetty would take the first failure for all.
   */
  private static final class ReadsToTheEnd extends HttpChannelOverHTTP {

    ReadsToTheEnd(HttpConnectionOverHTTP connection) {
      super(connection);
    }

    @Override
    public boolean isLastDataReceived() {
      HttpExchange exchange = getHttpExchange();
      return exchange != null
          && exchange.getRequest().getAbortCause() == null
          && exchange.getRequest().getBody() instanceof ClientBody body
          && body.clientFailure() == null;
    }
  }
}
