package dev.intermission.gateway.proxy;

import java.nio.ByteBuffer;
import java.util.Map;
import org.eclipse.jetty.client.transport.HttpClientTransportOverHTTP;
import org.eclipse.jetty.client.transport.HttpExchange;
import org.eclipse.jetty.client.transport.internal.HttpChannelOverHTTP;
import org.eclipse.jetty.client.transport.internal.HttpConnectionOverHTTP;
import org.eclipse.jetty.client.transport.internal.HttpReceiverOverHTTP;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.http.HttpVersion;
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
    protected HttpReceiverOverHTTP newHttpReceiver() {
      return new SeesSurplus(this);
    }

    /**
     * Closes where more has come than the response: it is not for the next request, and neither is
     * what may follow. Jetty drops it and goes on with the connection.
     */
    @Override
    public void release() {
      if (getHttpReceiver() instanceof SeesSurplus receiver && receiver.hasSurplus) {
        getHttpConnection().close();
      } else {
        super.release();
      }
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

  /**
   * Notes bytes behind the final response, and hides codings of contents from Jetty: it would look
   * for one to take off, and never end an exchange with a value that is no list.
   */
  private static final class SeesSurplus extends HttpReceiverOverHTTP {

    private int status;
    private boolean hasSurplus;

    SeesSurplus(HttpChannelOverHTTP channel) {
      super(channel);
    }

    @Override
    public void startResponse(HttpVersion version, int code, String reason) {
      status = code;
      super.startResponse(version, code, reason);
    }

    @Override
    public void parsedHeader(HttpField field) {
      hasSurplus |=
          tellsOfBody(field)
              && (status == HttpStatus.NO_CONTENT_204 || status == HttpStatus.RESET_CONTENT_205);
      super.parsedHeader(
          field.getHeader() == HttpHeader.CONTENT_ENCODING
              ? new HttpField(null, field.getName(), field.getValue())
              : field);
    }

    /** Such a response has no body, whatever it tells; it may come all the same, and later. */
    private static boolean tellsOfBody(HttpField field) {
      return field.getHeader() == HttpHeader.TRANSFER_ENCODING
          || (field.getHeader() == HttpHeader.CONTENT_LENGTH && !"0".equals(field.getValue()));
    }

    @Override
    public boolean messageComplete() {
      ByteBuffer unread = getResponseBuffer();
      hasSurplus |= !HttpStatus.isInformational(status) && unread != null && unread.hasRemaining();
      return super.messageComplete();
    }
  }
}
