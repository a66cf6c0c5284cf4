package dev.intermission.filter;

import dev.intermission.gate.FrontSetup;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.EnumSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.eclipse.jetty.ee10.servlet.FilterHolder;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/** An embedded Jetty with one context that lets every spelling of a path in. */
final class JettyServer implements FrontSetup.Server {

  private final Server server = new Server();
  private final ServerConnector connector;

  JettyServer(Consumer<ServletContextHandler> setUp) throws Exception {
    HttpConfiguration configuration = new HttpConfiguration();
    configuration.setUriCompliance(UriCompliance.UNSAFE);
    connector = new ServerConnector(server, new HttpConnectionFactory(configuration));
    connector.setHost("127.0.0.1");
    server.addConnector(connector);
    ServletContextHandler context = new ServletContextHandler("/");
    context.getServletHandler().setDecodeAmbiguousURIs(true);
    setUp.accept(context);
    server.setHandler(context);
    server.start();
  }

  static JettyServer of(Filter filter, AtomicInteger passed) throws Exception {
    return of(filter, new Backend(passed));
  }

  static JettyServer of(Filter filter, HttpServlet backend) throws Exception {
    return new JettyServer(
        context -> {
          FilterHolder holder = new FilterHolder(filter);
          holder.setAsyncSupported(true);
          context.addFilter(holder, "/*", EnumSet.allOf(jakarta.servlet.DispatcherType.class));
          addBackend(context, backend);
        });
  }

  static void addBackend(ServletContextHandler context, HttpServlet backend) {
    ServletHolder holder = new ServletHolder(backend);
    holder.setAsyncSupported(true);
    context.addServlet(holder, "/*");
  }

  @Override
  public int port() {
    return connector.getLocalPort();
  }

  @Override
  public void stop() throws Exception {
    server.stop();
  }

  /** Counts requests and answers "open". */
  static final class Backend extends HttpServlet {

    private static final long serialVersionUID = 1;

    private final AtomicInteger passed;

    Backend(AtomicInteger passed) {
      this.passed = passed;
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response)
        throws IOException {
      passed.incrementAndGet();
      response.setContentLength(4);
      response.getOutputStream().print("open");
    }
  }
}
