package dev.intermission.filter;

import dev.intermission.gate.Answer;
import jakarta.servlet.http.HttpServletResponse;

/** What servlet containers do in different ways. */
interface Container {

  /** Sets the Content-Type to that of the answer, byte for byte if the container allows that. */
  void setContentType(HttpServletResponse response, Answer answer);

  /**
   * Returns whether an empty response by HTTP/2 ends with its head. Others end it with an empty
   * frame of data, and gRPC wants trailers there.
   */
  boolean endsWithTheHead(HttpServletResponse response);

  /** Returns the implementation for the container in which this class was loaded. */
  static Container ofThisClass() {
    try {
      Class.forName(
          "org.eclipse.jetty.ee10.servlet.ServletContextResponse",
          false,
          Container.class.getClassLoader());
    } catch (ClassNotFoundException e) {
      // Jetty is not on the class path.
      return new AnyContainer();
    }
    return new JettyContainer();
  }
}
