package dev.intermission.gateway.proxy;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.jetty.client.Response;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Components;
import org.eclipse.jetty.server.ConnectionMetaData;
import org.eclipse.jetty.server.HttpStream;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The two connections of a WebSocket: what one of them sends, the other one gets, no faster than it
 * takes it. The end of one direction is passed on; when one connection is closed, the other one is
 * closed too, and both are closed when neither sends anything for the idle time. It is the server
 * that ends a WebSocket (RFC 6455 section 7.1.1), so little time is left to a client whose upstream
 * has ended.
 */
final class WebSocketTunnel {

  private static final Logger LOG = LoggerFactory.getLogger(WebSocketTunnel.class);

  /** How long the two may take to close, once they were told to, or once the upstream has ended. */
  private static final long CLOSE_SECONDS = 5;

  private final Components components;
  private final Duration idleTime;
  private final TunnelPipe toUpstream;
  private final TunnelPipe toClient;
  private final TunnelEnd client;
  private final TunnelEnd upstream;
  private final AtomicBoolean isClosed = new AtomicBoolean();
  private final Runnable whenClosed;

  /**
   * Makes a tunnel between two connections that still are HTTP.
   *
   * @param idleTime how long both may be silent
   * @param countsFrames whether {@link #end} may be called later
   * @param whenClosed what to do when both are closed
   */
  private WebSocketTunnel(
      Request request,
      EndPoint upstreamEnd,
      Duration idleTime,
      boolean countsFrames,
      Runnable whenClosed) {
    this.idleTime = idleTime;
    this.whenClosed = whenClosed;
    ConnectionMetaData metaData = request.getConnectionMetaData();
    EndPoint clientEnd = metaData.getConnection().getEndPoint();
    components = request.getComponents();
    toUpstream =
        new TunnelPipe(
            clientEnd,
            upstreamEnd,
            this,
            components,
            countsFrames ? new FrameCount() : null,
            CloseFrame.ofClient());
    toClient =
        new TunnelPipe(
            upstreamEnd,
            clientEnd,
            this,
            components,
            countsFrames ? new FrameCount() : null,
            CloseFrame.ofServer());
    client =
        new TunnelEnd(clientEnd, components.getExecutor(), this, toUpstream, toClient, this::begin);
    upstream =
        new TunnelEnd(upstreamEnd, components.getExecutor(), this, toClient, toUpstream, () -> {});
    metaData.getConnector().getEventListeners().forEach(client::addEventListener);
  }

  /**
   * Makes a tunnel between the connections of a request and of the response to it that has switched
   * protocols; the parameters are those of the constructor.
   *
   * @return null if the response has no connection any more
   */
  static @Nullable WebSocketTunnel between(
      Request request,
      Response response,
      Duration idleTime,
      boolean countsFrames,
      Runnable whenClosed) {
    return response.getRequest().getConnection() instanceof Connection upstream
        ? new WebSocketTunnel(request, upstream.getEndPoint(), idleTime, countsFrames, whenClosed)
        : null;
  }

  /** Takes the upstream's connection over; it is read when the client's is taken over as well. */
  void takeUpstream() {
    upstream.getEndPoint().setIdleTimeout(idleTime.toMillis());
    upstream.getEndPoint().upgrade(upstream);
  }

  /** Answers the client, and takes its connection over behind the answer. */
  void open(Incoming incoming) {
    Request request = incoming.request();
    if (!request.getConnectionMetaData().getConnector().isShutdown()) {
      // A server that stops has given its connections less time.
      client.getEndPoint().setIdleTimeout(idleTime.toMillis());
    }
    request.setAttribute(HttpStream.UPGRADE_CONNECTION_ATTRIBUTE, client);
    Request.addCompletionListener(
        request,
        failure -> {
          if (failure != null) {
            close(failure);
          }
        });
    incoming.response().write(true, null, incoming.callback());
  }

  private void begin() {
    toClient.begin();
    toUpstream.begin();
  }

  /** Ends both directions with a close frame, behind the frames that have begun. */
  void end() {
    toClient.end();
    toUpstream.end();
    closeSoon();
  }

  /** Is called when all that a pipe had to read was passed on, and its end. */
  void ended(TunnelPipe pipe) {
    if (pipe == toClient) {
      closeSoon();
    }
  }

  private void closeSoon() {
    components.getScheduler().schedule(() -> close(null), CLOSE_SECONDS, TimeUnit.SECONDS);
  }

  /** Closes both connections, if they are not closed yet. */
  void close(@Nullable Throwable cause) {
    if (isClosed.compareAndSet(false, true)) {
      LOG.debug("A tunnel ends", cause);
      client.getEndPoint().close(cause);
      upstream.getEndPoint().close(cause);
      whenClosed.run();
    }
  }
}
