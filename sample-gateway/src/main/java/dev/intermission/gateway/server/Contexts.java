package dev.intermission.gateway.server;

import org.eclipse.jetty.ee10.servlet.ServletContextHandler;

/** Servlet contexts as the listeners need them. */
public final class Contexts {

  private Contexts() {}

  /** Returns a context that leaves the reading of a path to its servlets. */
  public static ServletContextHandler withRawPaths(ErrorBody errors) {
    ServletContextHandler context = new ServletContextHandler("/");
    context.getServletHandler().setDecodeAmbiguousURIs(true);
    context.setErrorHandler(new ErrorResponses(errors));
    return context;
  }
}
