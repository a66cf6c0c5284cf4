package dev.intermission.filter;

import dev.intermission.gate.Answer;
import jakarta.servlet.http.HttpServletResponse;

/** Puts a Content-Type into a response as exactly as the container lets it. */
interface ContentTypeField {

  /** Sets the field to that of the answer. */
  void set(HttpServletResponse response, Answer answer);

  /** Returns the way that suits the container which this class was loaded in. */
  static ContentTypeField ofThisContainer() {
    try {
      Class.forName(
          "org.eclipse.jetty.ee10.servlet.ServletContextResponse",
          false,
          ContentTypeField.class.getClassLoader());
    } catch (ClassNotFoundException noJetty) {
      return (response, answer) -> response.setContentType(answer.contentType());
    }
    return JettyContentType::set;
  }
}
