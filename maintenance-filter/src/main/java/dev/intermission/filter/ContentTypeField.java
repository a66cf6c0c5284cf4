package dev.intermission.filter;

import dev.intermission.gate.Answer;
import jakarta.servlet.http.HttpServletResponse;

/** Sets the Content-Type of a response, byte for byte if the container allows that. */
interface ContentTypeField {

  /** Sets the field to that of the answer. */
  void set(HttpServletResponse response, Answer answer);

  /** Returns the implementation for the container in which this class was loaded. */
  static ContentTypeField ofThisContainer() {
    try {
      Class.forName(
          "org.eclipse.jetty.ee10.servlet.ServletContextResponse",
          false,
          ContentTypeField.class.getClassLoader());
    } catch (ClassNotFoundException e) {
      // Jetty is not on the class path.
      return (response, answer) -> response.setContentType(answer.contentType());
    }
    return JettyContentType::set;
  }
}
