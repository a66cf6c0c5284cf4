package dev.intermission.filter;

import jakarta.servlet.http.HttpServletResponse;

/** Puts a Content-Type into a response as exactly as the container lets it. */
interface ContentTypeField {

  /** Sets the field. */
  void set(HttpServletResponse response, String value);

  /** Returns the way that suits the container which this class was loaded in. */
  static ContentTypeField ofThisContainer() {
    try {
      Class.forName(
          "org.eclipse.jetty.ee10.servlet.ServletContextResponse",
          false,
          ContentTypeField.class.getClassLoader());
    } catch (ClassNotFoundException noJetty) {
      return HttpServletResponse::setContentType;
    }
    return JettyContentType::set;
  }
}
