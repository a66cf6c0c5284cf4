package dev.intermission.gateway.server;

import dev.intermission.gateway.config.ListenerConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.UnresolvedAddressException;
import java.util.Locale;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.server.handler.SizeLimitHandler;
import org.eclipse.jetty.util.HostPort;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP listener. It binds its port when it is made, so that a port in use is noticed before
 * anything else is changed, and answers from {@link #start} on. It accepts every spelling of a
 * path; handlers must read the raw path.
 */
public final class Listener implements AutoCloseable {

  private static final int TRAFFIC_THREADS = 200;
  private static final int ADMIN_THREADS = 32;
  private static final int LEAST_THREADS = 8;

  /** Selector threads answer closed APIs, hence one per processor; each occupies a pool thread. */
  private static final int TRAFFIC_SELECTORS =
      Math.min(Runtime.getRuntime().availableProcessors(), TRAFFIC_THREADS / 4);

  /**
   * How many connections may wait to be accepted. With Jetty's default of 50, many simultaneous
   * connections, such as those of all nodes after a restart, have to wait for the kernel's next try
   * a second later.
   */
  private static final int ACCEPT_QUEUE = 4_096;

  /**
   * Larger than the limit of the management API itself, which is checked in the order of the
   * contract.
   */
  private static final long MAX_ADMIN_BODY_BYTES = 4L << 20;

  /** How long threads that nothing waits for may take to end. */
  private static final long THREADS_STOP_MILLIS = 1_000;

  /** The part of a body that is received before the caller is known. */
  private static final int EAGER_ADMIN_BODY_BYTES = 64 << 10;

  private final String what;
  private final Server server;
  private final ServerConnector connector;
  private final StopTime stopTime;
  private final @Nullable CertificateWatch certificate;
  private final LastRequests first = new LastRequests();
  private final Handler.Wrapper last;
  private final ReceiveDeadlines deadlines;
  private int port;

  private Listener(
      String what,
      ListenerConfig config,
      StopTime stopTime,
      int threads,
      int selectors,
      ErrorBody errors,
      boolean timesBodies) {
    this.what = what;
    server =
        new Server(named(what, new QueuedThreadPool(threads, Math.min(threads, LEAST_THREADS))));
    this.stopTime = stopTime;
    server.setErrorHandler(new ErrorResponses(errors));
    server.setDefaultHandler(new NotFound());
    server.addBean(new NetworkConnectionLimit(config.maxConnections(), server));
    HttpConnectionFactory http1 = OneReader.factory(Protocols.http(config));
    deadlines = new ReceiveDeadlines(config.receiveTimeout(), server.getScheduler());
    http1.addEventListener(deadlines);
    server.addBean(deadlines);
    connector =
        new ServerConnector(
            server,
            named(
                what + "-connections",
                new ConnectionThreads(server, threads, Math.min(threads, LEAST_THREADS))),
            null,
            null,
            1,
            selectors,
            Protocols.of(config, http1).toArray(ConnectionFactory[]::new));
    SslConnectionFactory tls = connector.getConnectionFactory(SslConnectionFactory.class);
    certificate =
        tls == null || config.tls() == null
            ? null
            : new CertificateWatch(tls.getSslContextFactory(), config.tls());
    connector.setHost(config.host());
    connector.setPort(config.port());
    connector.setAcceptQueueSize(ACCEPT_QUEUE);
    connector.setIdleTimeout(config.idleTimeout().toMillis());
    server.addConnector(connector);
    server.setHandler(first);
    if (timesBodies) {
      last = new EagerBody(EAGER_ADMIN_BODY_BYTES);
      SizeLimitHandler sizes = new SizeLimitHandler(MAX_ADMIN_BODY_BYTES, -1);
      sizes.setHandler(last);
      ReceiveEvents events = new ReceiveEvents(deadlines);
      events.setHandler(sizes);
      first.setHandler(events);
    } else {
      last = first;
    }
  }

  /**
   * Names one of the two pools. Connections have a pool of their own, so that closed APIs are
   * answered on new connections too while upstreams occupy every thread of the other pool.
   */
  private static QueuedThreadPool named(String name, QueuedThreadPool pool) {
    pool.setName(name);
    pool.setStopTimeout(THREADS_STOP_MILLIS);
    return pool;
  }

  /**
   * Makes the listener for clients.
   *
   * @throws ListenException if the port can't be used
   */
  public static Listener traffic(ListenerConfig config, StopTime stopTime) {
    return new Listener(
            "traffic",
            config,
            stopTime,
            TRAFFIC_THREADS,
            TRAFFIC_SELECTORS,
            ErrorBody.TRAFFIC,
            false)
        .bound("--port");
  }

  /**
   * Makes the listener for operators, which trusts its clients less: few threads, limited bodies,
   * and a deadline for each request to come in.
   *
   * @throws ListenException if the port can't be used
   */
  public static Listener admin(ListenerConfig config, StopTime stopTime) {
    return new Listener("admin", config, stopTime, ADMIN_THREADS, 1, ErrorBody.ADMIN, true)
        .bound("--admin-port");
  }

  private Listener bound(String option) {
    try {
      connector.open();
      port = connector.getLocalPort();
      return this;
    } catch (IOException | UnresolvedAddressException e) {
      throw new ListenException(
          String.format(
              Locale.ROOT,
              "Can't listen on %s port %d (%s): %s.",
              connector.getHost(),
              connector.getPort(),
              what,
              BindFault.reason(connector.getHost(), connector.getPort(), option, e)),
          e);
    }
  }

  /** Returns the port of the listener, also after it was closed. */
  public int port() {
    return port;
  }

  /** Returns the address that it is bound to, its port, and whether TLS is spoken there. */
  public String address() {
    return HostPort.normalizeHost(boundHost())
        + ":"
        + port
        + (certificate == null ? "" : " with TLS");
  }

  private String boundHost() {
    try {
      return connector.getTransport() instanceof ServerSocketChannel channel
              && channel.getLocalAddress() instanceof InetSocketAddress local
              && !local.getAddress().isAnyLocalAddress()
          ? local.getAddress().getHostAddress()
          : connector.getHost();
    } catch (IOException e) {
      throw new UncheckedIOException("A listener has no address any more", e);
    }
  }

  /** Returns a URL by which this machine can reach the listener. */
  public String url() {
    boolean any = connector.getHost().equals("0.0.0.0") || connector.getHost().equals("::");
    String host = any ? "localhost" : HostPort.normalizeHost(connector.getHost());
    return String.format(
        Locale.ROOT, "%s://%s:%d", certificate == null ? "http" : "https", host, port);
  }

  /** Begins to answer with this handler, and with 404 if the handler does not accept a request. */
  public void start(Handler handler) throws Exception {
    last.setHandler(handler);
    server.start();
    if (certificate != null) {
      certificate.start();
    }
  }

  /**
   * Reads the certificate again, and returns what puts it and the time-outs in force: the
   * certificate and the idle time-out for new connections, the receive time-out for all.
   *
   * @throws ListenException if the certificate can't be used
   */
  public Runnable prepare(ListenerConfig next) {
    Runnable newCertificate =
        certificate == null || next.tls() == null ? () -> {} : certificate.prepare(next.tls());
    return () -> {
      newCertificate.run();
      connector.setIdleTimeout(next.idleTimeout().toMillis());
      deadlines.timeout(next.receiveTimeout());
    };
  }

  /**
   * Stops accepting connections, lets requests in flight finish as long as there is time, cuts off
   * the others, and releases the port. It may be called on a listener that was never started.
   */
  @Override
  public void close() {
    if (certificate != null) {
      certificate.close();
    }
    try {
      server.setStopTimeout(stopTime.leftForRequests().toMillis());
      Servers.stop(server);
    } finally {
      connector.close();
    }
  }
}
