package dev.intermission.gateway.server;

import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.http.MetaData;
import org.eclipse.jetty.http2.ErrorCode;
import org.eclipse.jetty.http2.api.Stream;
import org.eclipse.jetty.http2.api.server.ServerSessionListener;
import org.eclipse.jetty.http2.frames.HeadersFrame;
import org.eclipse.jetty.http2.frames.ResetFrame;
import org.eclipse.jetty.http2.server.AbstractHTTP2ServerConnectionFactory;
import org.eclipse.jetty.http2.server.HTTP2CServerConnectionFactory;
import org.eclipse.jetty.http2.server.HTTP2ServerConnectionFactory;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * HTTP/2 whose heads can be timed, and that resets the stream of a malformed request with
 * PROTOCOL_ERROR before any handler sees it (RFC 9113 section 8.1.1). Jetty accepts some requests
 * that are malformed.
 */
final class StrictHttp2 {

  private static final Logger LOG = LoggerFactory.getLogger(StrictHttp2.class);

  private StrictHttp2() {}

  /** Returns HTTP/2 for connections with TLS. */
  static AbstractHTTP2ServerConnectionFactory overTls(HttpConfiguration http) {
    return new OverTls(http);
  }

  /** Returns HTTP/2 for connections without TLS, by prior knowledge or an upgrade. */
  static AbstractHTTP2ServerConnectionFactory cleartext(HttpConfiguration http) {
    return new Cleartext(http);
  }

  private static boolean refuses(Stream stream, HeadersFrame frame) {
    if (!(frame.getMetaData() instanceof MetaData.Request request)
        || request instanceof MetaData.Failed
        || request.getHttpVersion() != HttpVersion.HTTP_2) {
      // A failed request gets a 400 from Jetty. A request of another version came by an upgrade,
      // and was checked there.
      return false;
    }
    @Nullable String fault = Http2Rules.fault(request, frame.isEndStream());
    if (fault == null) {
      return false;
    }
    LOG.debug("Malformed request from {}: {}", stream.getSession().getRemoteSocketAddress(), fault);
    stream.reset(new ResetFrame(stream.getId(), ErrorCode.PROTOCOL_ERROR.code), Callback.NOOP);
    return true;
  }

  private static final class OverTls extends HTTP2ServerConnectionFactory {

    OverTls(HttpConfiguration http) {
      super(http);
    }

    @Override
    public Connection newConnection(Connector connector, EndPoint endPoint) {
      return configure(
          TimedHttp2.connection(this, newSessionListener(connector, endPoint), connector, endPoint),
          connector,
          endPoint);
    }

    @Override
    protected ServerSessionListener newSessionListener(Connector connector, EndPoint endPoint) {
      return new HTTPServerSessionListener(endPoint) {
        @Override
        public Stream.@Nullable Listener onNewStream(Stream stream, HeadersFrame frame) {
          return refuses(stream, frame) ? null : super.onNewStream(stream, frame);
        }
      };
    }
  }

  private static final class Cleartext extends HTTP2CServerConnectionFactory {

    Cleartext(HttpConfiguration http) {
      super(http);
    }

    @Override
    public Connection newConnection(Connector connector, EndPoint endPoint) {
      return configure(
          TimedHttp2.connection(this, newSessionListener(connector, endPoint), connector, endPoint),
          connector,
          endPoint);
    }

    @Override
    protected ServerSessionListener newSessionListener(Connector connector, EndPoint endPoint) {
      return new HTTPServerSessionListener(endPoint) {
        @Override
        public Stream.@Nullable Listener onNewStream(Stream stream, HeadersFrame frame) {
          return refuses(stream, frame) ? null : super.onNewStream(stream, frame);
        }
      };
    }

    /** Ignores a request to upgrade if a body follows, since Jetty would lose the body. */
    @Override
    public @Nullable Connection upgradeConnection(
        Connector connector,
        EndPoint endPoint,
        MetaData.Request request,
        HttpFields.Mutable response) {
      return request.getHttpFields().contains(HttpHeader.TRANSFER_ENCODING)
          ? null
          : super.upgradeConnection(connector, endPoint, request, response);
    }
  }
}
