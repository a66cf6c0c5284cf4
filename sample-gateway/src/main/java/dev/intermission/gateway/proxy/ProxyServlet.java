package dev.intermission.gateway.proxy;

import dev.intermission.gate.Passage;
import dev.intermission.gate.ServedSnapshot;
import dev.intermission.jetty.LetIn;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.eclipse.jetty.util.Callback;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands what comes through a servlet filter to the reverse proxy, past the servlet layer: the proxy
 * reads and writes with Jetty's core, and the servlet waits asynchronously until it is done.
 */
public final class ProxyServlet extends HttpServlet {

  private static final long serialVersionUID = 1L;

  private static final Logger LOG = LoggerFactory.getLogger(ProxyServlet.class);

  private final transient ReverseProxy proxy;

  /** Makes a servlet that starts and stops the proxy with itself. */
  public ProxyServlet(ReverseProxy proxy) {
    this.proxy = proxy;
  }

  @Override
  public void init() throws ServletException {
    try {
      proxy.setServer(
          ServletContextHandler.getServletContextHandler(getServletContext()).getServer());
      proxy.start();
    } catch (Exception e) {
      throw new ServletException("The reverse proxy could not start", e);
    }
  }

  @Override
  public void destroy() {
    try {
      proxy.stop();
    } catch (Exception e) {
      throw new IllegalStateException("The reverse proxy could not stop in good order", e);
    }
  }

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response) {
    ServletContextRequest core = ServletContextRequest.getServletContextRequest(request);
    if (request.getAttribute(Passage.ATTRIBUTE) instanceof Passage passage
        && request.getAttribute(ServedSnapshot.ATTRIBUTE) instanceof ServedSnapshot by) {
      LetIn.mark(core.getWrapped(), passage, by);
    }
    AsyncContext waiting = request.startAsync();
    waiting.setTimeout(0);
    // The response below the servlet's own, which would count what is not written through it.
    proxy.handle(
        core.getWrapped(),
        core.getServletContextResponse().getWrapped(),
        Callback.from(
            () -> end(waiting),
            failure -> {
              core.getServletChannel().abort(failure);
              end(waiting);
            }));
  }

  private static void end(AsyncContext waiting) {
    try {
      waiting.complete();
    } catch (IllegalStateException e) {
      LOG.debug("The servlet layer has given the request up before", e);
    }
  }
}
