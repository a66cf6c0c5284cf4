package dev.intermission.jetty;

import dev.intermission.gate.FrontBehaviour;
import dev.intermission.gate.Gate;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;

/** The handler in front of a servlet context, which may block. */
class ServletBehindHandlerTest extends FrontBehaviour {

  @Override
  protected Server start(Gate gate, AtomicInteger passed) throws Exception {
    ServletContextHandler context = new ServletContextHandler("/");
    context.getServletHandler().setDecodeAmbiguousURIs(true);
    context.addServlet(
        new HttpServlet() {
          @Override
          protected void service(HttpServletRequest request, HttpServletResponse response)
              throws IOException {
            passed.incrementAndGet();
            response.setContentLength(4);
            response.getOutputStream().print("open");
          }
        },
        "/*");
    return new JettyServer(gate, context);
  }
}
