package dev.intermission.gateway.backends;

import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.component.LifeCycle;

/** Jetty, with servlets mapped to paths and no rule for targets. */
final class JettyBackend implements RealBackend {

  private final Server server = new Server();
  private final ServerConnector connector;

  JettyBackend() throws Exception {
    HttpConfiguration http = new HttpConfiguration();
    http.setUriCompliance(UriCompliance.UNSAFE);
    connector = new ServerConnector(server, new HttpConnectionFactory(http));
    connector.setHost("127.0.0.1");
    server.addConnector(connector);
    ServletContextHandler context = new ServletContextHandler("/");
    context.getServletHandler().setDecodeAmbiguousURIs(true);
    add(context, CLOSED, "/closed/*", "/api/v1/*");
    add(context, OPEN, "/open/*");
    add(context, OTHER, "/");
    server.setHandler(context);
    server.start();
  }

  private static void add(ServletContextHandler context, String answer, String... mappings) {
    for (String mapping : mappings) {
      context.addServlet(new ServletHolder(new TomcatBackend.Answer(answer)), mapping);
    }
  }

  @Override
  public String name() {
    return "jetty";
  }

  @Override
  public int port() {
    return connector.getLocalPort();
  }

  @Override
  public void close() {
    LifeCycle.stop(server);
  }
}
