package dev.intermission.jetty;

import dev.intermission.filter.MaintenanceFilter;
import dev.intermission.gate.CorsBehaviour;
import dev.intermission.gate.Gate;
import dev.intermission.gate.GateOptions;
import dev.intermission.gate.Wire;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.EnumSet;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.ee10.servlet.FilterHolder;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;

/** What the filter answers by HTTP/2. */
class AnswersOfFilterByHttp2Test extends CorsBehaviour {

  @Override
  protected Wire.Reply exchange(int port, String method, String target, String... lines)
      throws Exception {
    return Http2Exchange.send(port, method, target, lines);
  }

  @Override
  protected Server start(Gate gate, AtomicInteger passed) throws Exception {
    ServletContextHandler context = new ServletContextHandler("/");
    FilterHolder filter = new FilterHolder(new MaintenanceFilter(gate));
    filter.setAsyncSupported(true);
    context.addFilter(filter, "/*", EnumSet.of(DispatcherType.REQUEST));
    context.addServlet(
        new HttpServlet() {
          @Override
          protected void service(HttpServletRequest request, HttpServletResponse response)
              throws IOException {
            passed.incrementAndGet();
            response.getOutputStream().print("open");
          }
        },
        "/*");
    return new JettyServer(new Gate(GateOptions.DEFAULTS), context);
  }
}
