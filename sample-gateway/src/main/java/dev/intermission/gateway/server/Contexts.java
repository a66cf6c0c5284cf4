package dev.intermission.gateway.server;

import org.eclipse.jetty.ee10.servlet.ServletContextHandler;

/** Makes servlet contexts for the listeners. */
public final class Contexts {

  private Contexts() {}

  /** Returns a context that passes ambiguous paths to its servlets undecoded. */
  public static ServletContextHandler withRawPaths(ErrorBody errors) {
    ServletContextHandler context = new ServletContextHandler("/");
    // The default servlet knows GET alone; what no servlet takes is the listener's 404.
    context.getServletHandler().setEnsureDefaultServlet(false);
    context.getServletHandler().setDecodeAmbiguousURIs(true);
    context.setErrorHandler(new ErrorResponses(errors));
    return context;
  }
}
