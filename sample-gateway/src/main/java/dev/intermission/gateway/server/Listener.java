package dev.intermission.gateway.server;

import dev.intermission.gateway.config.ListenerConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.UnresolvedAddressException;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.SizeLimitHandler;
import org.eclipse.jetty.util.HostPort;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/**
 * An HTTP listener. It has its port from the time it is made, so that a port that is taken shows
 * before anything else is touched, and answers from {@link #start} on. Every spelling of a path
 * comes in as it was sent; what is behind must read the raw path.
 */
public final class Listener implements AutoCloseable {

  private static final int TRAFFIC_THREADS = 200;
  private static final int ADMIN_THREADS = 32;
  private static final int LEAST_THREADS = 8;

  /** They answer for closed APIs, so one for each processor; each takes a thread of the pool. */
  private static final int TRAFFIC_SELECTORS =
      Math.min(Runtime.getRuntime().availableProcessors(), TRAFFIC_THREADS / 4);

  /**
   * How many connections may wait to be accepted. With Jetty's 50 many that come at once, such as
   * all nodes after a restart, wait for the kernel's next try, a second later.
   */
  private static final int ACCEPT_QUEUE = 4_096;

  /** Above the management API's own limit, which answers in its order of checks. */
  private static final long MAX_ADMIN_BODY_BYTES = 4L << 20;

  /** How long threads may take to end that nothing waits for any more. */
  private static final long THREADS_STOP_MILLIS = 1_000;

  /** As much of a body as is taken in before anybody knows whose it is. */
  private static final int EAGER_ADMIN_BODY_BYTES = 64 << 10;

  private final String what;
  private final Server server;
  private final ServerConnector connector;
  private final StopTime stopTime;
  private final boolean tls;
  private final LastRequests first = new LastRequests();
  private final Handler.Wrapper last;
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
    HttpConnectionFactory http1 = new HttpConnectionFactory(Protocols.http(config));
    ReceiveDeadlines deadlines =
        new ReceiveDeadlines(config.receiveTimeout(), server.getScheduler());
    http1.addEventListener(deadlines);
    server.addBean(deadlines);
    tls = config.tls() != null;
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
   * Names one of two pools: connections have one of their own, so that what answers without
   * blocking does so on new connections too while upstreams hold every thread of the other.
   */
  private static QueuedThreadPool named(String name, QueuedThreadPool pool) {
    pool.setName(name);
    pool.setStopTimeout(THREADS_STOP_MILLIS);
    return pool;
  }

  /**
   * Makes the listener for clients.
   *
   * @throws ListenException if it can't have its port
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
   * @throws ListenException if it can't have its port
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
          "Can't listen on %s port %d (%s): %s."
              .formatted(
                  connector.getHost(),
                  connector.getPort(),
                  what,
                  BindFault.reason(connector.getHost(), connector.getPort(), option, e)),
          e);
    }
  }

  /** Returns the port that it has, or had. */
  public int port() {
    return port;
  }

  /** Returns the address that it is bound to, its port, and whether TLS is spoken there. */
  public String address() {
    return HostPort.normalizeHost(boundHost()) + ":" + port + (tls ? " with TLS" : "");
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

  /** Returns the URL under which this machine reaches it. */
  public String url() {
    boolean any = connector.getHost().equals("0.0.0.0") || connector.getHost().equals("::");
    String host = any ? "localhost" : HostPort.normalizeHost(connector.getHost());
    return "%s://%s:%d".formatted(tls ? "https" : "http", host, port);
  }

  /** Begins to answer with this handler, and with 404 where it does not take a request. */
  public void start(Handler handler) throws Exception {
    last.setHandler(handler);
    server.start();
  }

  /**
   * Stops to accept connections, lets requests in flight finish for as long as there is time, cuts
   * those that have not, and gives the port free; does so too if it was never started.
   */
  @Override
  public void close() {
    try {
      server.setStopTimeout(stopTime.leftForRequests().toMillis());
      Servers.stop(server);
    } finally {
      connector.close();
    }
  }
}
