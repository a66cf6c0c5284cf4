package dev.intermission.gateway.server;

import org.eclipse.jetty.http2.HTTP2Connection;
import org.eclipse.jetty.http2.SessionContainer;
import org.eclipse.jetty.http2.api.server.ServerSessionListener;
import org.eclipse.jetty.http2.generator.Generator;
import org.eclipse.jetty.http2.server.AbstractHTTP2ServerConnectionFactory;
import org.eclipse.jetty.http2.server.internal.HTTP2ServerConnection;
import org.eclipse.jetty.http2.server.internal.HTTP2ServerSession;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;

/** Connections of HTTP/2 with a {@link TimedParser}, which no factory of Jetty takes. */
final class TimedHttp2 {

  private TimedHttp2() {}

  /** Returns a connection with the settings of a factory that leaves most at Jetty's defaults. */
  static HTTP2Connection connection(
      AbstractHTTP2ServerConnectionFactory factory,
      ServerSessionListener listener,
      Connector connector,
      EndPoint endPoint) {
    HttpConfiguration http = factory.getHttpConfiguration();
    TimedParser parser =
        new TimedParser(
            connector.getByteBufferPool(),
            http.getRequestHeaderSize(),
            factory.getRateControlFactory().newRateControl(endPoint));
    parser.setMaxSettingsKeys(factory.getMaxSettingsKeys());
    HTTP2ServerConnection connection =
        new HTTP2ServerConnection(
            connector,
            endPoint,
            http,
            session(factory, listener, connector, endPoint, parser),
            listener);
    connection.setUseInputDirectByteBuffers(factory.isUseInputDirectByteBuffers());
    connection.setUseOutputDirectByteBuffers(factory.isUseOutputDirectByteBuffers());
    // It tells clients that the server stops.
    connection.addEventListener(factory.getBean(SessionContainer.class));
    parser.init(connection);
    return connection;
  }

  private static HTTP2ServerSession session(
      AbstractHTTP2ServerConnectionFactory factory,
      ServerSessionListener listener,
      Connector connector,
      EndPoint endPoint,
      TimedParser parser) {
    HttpConfiguration http = factory.getHttpConfiguration();
    Generator generator =
        new Generator(
            connector.getByteBufferPool(),
            factory.isUseOutputDirectByteBuffers(),
            factory.getMaxHeaderBlockFragment());
    generator.getHpackEncoder().setMaxHeaderListSize(http.getMaxResponseHeaderSize());
    HTTP2ServerSession session =
        new HTTP2ServerSession(
            connector.getScheduler(),
            endPoint,
            parser,
            generator,
            listener,
            factory.getFlowControlStrategyFactory().newFlowControlStrategy());
    session.setMaxLocalStreams(factory.getMaxConcurrentStreams());
    session.setMaxRemoteStreams(factory.getMaxConcurrentStreams());
    session.setMaxEncoderTableCapacity(factory.getMaxEncoderTableCapacity());
    session.setStreamIdleTimeout(endPoint.getIdleTimeout());
    session.setInitialSessionRecvWindow(factory.getInitialSessionRecvWindow());
    session.setWriteThreshold(http.getOutputBufferSize());
    session.setConnectProtocolEnabled(factory.isConnectProtocolEnabled());
    return session;
  }
}
