package dev.intermission.gateway.server;

import org.eclipse.jetty.ee10.servlet.ServletContextHandler;

/** Servlet contexts as the listeners need them. */
public final class Contexts {

  private Contexts() {}

  /** Returns a context that leaves the reading of a path to its servlets. */
  public static ServletContextHandler withRawPaths(ErrorBody errors) {
    ServletContextHandler context = new ServletContextHandler("/");
    // The default servlet knows GET alone; what no servlet takes is the listener's 404.
    context.getServletHandler().setEnsureDefaultServlet(false);
    context.getServletHandler().setDecodeAmbiguousURIs(true);
    context.setErrorHandler(new ErrorResponses(errors));
    return context;
  }
}
