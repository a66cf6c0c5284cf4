package dev.intermission.filter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.intermission.gate.Gate;
import dev.intermission.gate.GateOptions;
import dev.intermission.gate.Proxies;
import dev.intermission.gate.Wire;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.util.EnumSet;
import org.eclipse.jetty.ee10.servlet.ErrorPageErrorHandler;
import org.eclipse.jetty.ee10.servlet.FilterHolder;
import org.junit.jupiter.api.Test;

/** The filter decides once for each request, and works below other filters. */
class DispatchTest {

  private final Gate gate = new Gate(GateOptions.DEFAULTS);

  private JettyServer start(HttpServlet backend, Filter... before) throws Exception {
    return new JettyServer(
        context -> {
          for (Filter filter : before) {
            context.addFilter(new FilterHolder(filter), "/*", EnumSet.of(DispatcherType.REQUEST));
          }
          FilterHolder holder = new FilterHolder(new MaintenanceFilter(gate));
          holder.setAsyncSupported(true);
          context.addFilter(holder, "/*", EnumSet.allOf(DispatcherType.class));
          ErrorPageErrorHandler errors = new ErrorPageErrorHandler();
          errors.addErrorPage(500, "/closed/error-page");
          context.setErrorHandler(errors);
          JettyServer.addBackend(context, backend);
        });
  }

  @Test
  void forwardErrorAndAsyncDispatchesToAClosedPathBelongToARequestThatHasPassed() throws Exception {
    gate.publish(Proxies.snapshot(1, Proxies.closed("/closed"), Proxies.open("/open")));
    JettyServer server =
        start(
            new HttpServlet() {
              private static final long serialVersionUID = 1;

              @Override
              protected void service(HttpServletRequest request, HttpServletResponse response)
                  throws ServletException, IOException {
                switch (request.getRequestURI()) {
                  case "/open/forward" ->
                      request.getRequestDispatcher("/closed/x").forward(request, response);
                  case "/open/async" -> request.startAsync().dispatch("/closed/x");
                  case "/open/error" -> response.sendError(500);
                  default ->
                      response
                          .getOutputStream()
                          .print(request.getDispatcherType() + " " + request.getRequestURI());
                }
              }
            });
    try {
      assertThat(Wire.get(server.port(), "/open/forward").text()).isEqualTo("FORWARD /closed/x");
      assertThat(Wire.get(server.port(), "/open/async").text()).isEqualTo("ASYNC /closed/x");
      Wire.Reply error = Wire.get(server.port(), "/open/error");
      assertThat(error.status()).isEqualTo(500);
      assertThat(error.text()).isEqualTo("ERROR /closed/error-page");
      assertThat(Wire.get(server.port(), "/closed/x").text()).isEqualTo("/closed");
    } finally {
      server.stop();
    }
  }

  @Test
  void contentTypeIsExactBelowAFilterThatWrapsTheResponse() throws Exception {
    gate.publish(
        Proxies.snapshot(1, Proxies.closed("/a", 503, "text/html; charset=utf-8", "gone")));
    JettyServer server =
        start(
            new HttpServlet() {},
            (request, response, chain) ->
                chain.doFilter(
                    request, new HttpServletResponseWrapper((HttpServletResponse) response)));
    try {
      Wire.Reply reply = Wire.get(server.port(), "/a");
      assertThat(reply.field("Content-Type")).isEqualTo("text/html; charset=utf-8");
      assertThat(reply.text()).isEqualTo("gone");
    } finally {
      server.stop();
    }
  }
}
