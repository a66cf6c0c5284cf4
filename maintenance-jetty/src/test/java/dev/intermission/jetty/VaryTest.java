package dev.intermission.jetty;

import static org.assertj.core.api.Assertions.assertThat;

import dev.intermission.api.ContentType;
import dev.intermission.api.DeployedProxy;
import dev.intermission.api.Variant;
import dev.intermission.filter.MaintenanceFilter;
import dev.intermission.gate.Gate;
import dev.intermission.gate.GateOptions;
import dev.intermission.gate.Proxies;
import dev.intermission.gate.Wire;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServletResponse;
import java.util.EnumSet;
import java.util.List;
import org.eclipse.jetty.ee10.servlet.FilterHolder;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Vary, where something before the front has set it too. */
class VaryTest {

  private final Gate gate = new Gate(GateOptions.DEFAULTS);

  @BeforeEach
  void close() {
    DeployedProxy plain = Proxies.closed("/api");
    Variant html = new Variant(ContentType.parse("text/html"), "<p>", null);
    gate.publish(
        Proxies.snapshot(
            1, new DeployedProxy(plain.proxy(), 1, plain.settings().withVariants(List.of(html)))));
  }

  private static void assertBothBehind(Handler handler) throws Exception {
    JettyServer server = new JettyServer(new Gate(GateOptions.DEFAULTS), handler);
    try {
      for (String accept : new String[] {"text/html", "*/*"}) {
        assertThat(Wire.get(server.port(), "/api", "Accept: " + accept).fields())
            .contains("Vary: Origin", "Vary: Accept");
      }
    } finally {
      server.stop();
    }
  }

  @Test
  void handlerKeepsIt() throws Exception {
    assertBothBehind(
        new Handler.Wrapper(new MaintenanceHandler(gate)) {
          @Override
          public boolean handle(Request request, Response response, Callback callback)
              throws Exception {
            response.getHeaders().add("Vary", "Origin");
            return super.handle(request, response, callback);
          }
        });
  }

  @Test
  void filterKeepsIt() throws Exception {
    ServletContextHandler context = new ServletContextHandler("/");
    Filter before =
        (request, response, chain) -> {
          ((HttpServletResponse) response).addHeader("Vary", "Origin");
          chain.doFilter(request, response);
        };
    context.addFilter(new FilterHolder(before), "/*", EnumSet.of(DispatcherType.REQUEST));
    context.addFilter(
        new FilterHolder(new MaintenanceFilter(gate)), "/*", EnumSet.of(DispatcherType.REQUEST));
    assertBothBehind(context);
  }
}
