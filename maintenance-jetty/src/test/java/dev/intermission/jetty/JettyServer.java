package dev.intermission.jetty;

import dev.intermission.filter.FrontBehaviour;
import dev.intermission.filter.Gate;
import java.util.function.Consumer;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.http2.server.HTTP2CServerConnectionFactory;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/**
 * A Jetty with our handler in front, by HTTP/1.1 and h2c, that lets every spelling of a path in.
 */
final class JettyServer implements FrontBehaviour.Server {

  private final QueuedThreadPool pool = new QueuedThreadPool(16);
  private final Server server = new Server(pool);
  private final ServerConnector connector;

  JettyServer(Gate gate, Handler behind) throws Exception {
    this(gate, behind, server -> {});
  }

  JettyServer(Gate gate, Handler behind, Consumer<Server> setUp) throws Exception {
    HttpConfiguration configuration = new HttpConfiguration();
    configuration.setUriCompliance(UriCompliance.UNSAFE);
    connector =
        new ServerConnector(
            server,
            1,
            1,
            new HttpConnectionFactory(configuration),
            new HTTP2CServerConnectionFactory(configuration));
    connector.setHost("127.0.0.1");
    server.addConnector(connector);
    server.setHandler(new MaintenanceHandler(gate, behind));
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
