package dev.intermission.jetty;

import dev.intermission.gate.FrontSetup;
import dev.intermission.gate.Gate;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.http2.server.HTTP2CServerConnectionFactory;
import org.eclipse.jetty.io.WindowRateControl;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.jspecify.annotations.Nullable;

/**
 * A Jetty with our handler in front, by HTTP/1.1 and h2c, that lets every spelling of a path in.
 */
final class JettyServer implements FrontSetup.Server {

  private final QueuedThreadPool pool;
  private final Server server;
  private final ServerConnector connector;

  JettyServer(Gate gate, Handler behind) throws Exception {
    this(gate, behind, server -> {});
  }

  JettyServer(MaintenanceHandler front) throws Exception {
    this(front, server -> {}, new QueuedThreadPool(16), null);
  }

  JettyServer(Gate gate, Handler behind, Consumer<Server> setUp) throws Exception {
    this(gate, behind, setUp, new QueuedThreadPool(16), null);
  }

  /** Takes the server's pool, and an executor for the connector alone or null for that pool. */
  JettyServer(
      Gate gate,
      Handler behind,
      Consumer<Server> setUp,
      QueuedThreadPool pool,
      @Nullable Executor connectorsOwn)
      throws Exception {
    this(new MaintenanceHandler(gate, behind), setUp, pool, connectorsOwn);
  }

  private JettyServer(
      MaintenanceHandler front,
      Consumer<Server> setUp,
      QueuedThreadPool pool,
      @Nullable Executor connectorsOwn)
      throws Exception {
    this.pool = pool;
    server = new Server(pool);
    HttpConfiguration configuration = new HttpConfiguration();
    configuration.setUriCompliance(UriCompliance.UNSAFE);
    HTTP2CServerConnectionFactory http2 = new HTTP2CServerConnectionFactory(configuration);
    http2.setRateControlFactory(new WindowRateControl.Factory(10_000));
    connector =
        new ServerConnector(
            server,
            connectorsOwn,
            null,
            null,
            1,
            1,
            new HttpConnectionFactory(configuration),
            http2);
    connector.setHost("127.0.0.1");
    server.addConnector(connector);
    server.setHandler(front);
    setUp.accept(server);
    server.start();
  }

  Server server() {
    return server;
  }

  QueuedThreadPool pool() {
    return pool;
  }

  @Override
  public int port() {
    return connector.getLocalPort();
  }

  @Override
  public void stop() throws Exception {
    server.stop();
  }
}
