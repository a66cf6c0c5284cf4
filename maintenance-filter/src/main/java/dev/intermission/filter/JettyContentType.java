package dev.intermission.filter;

import jakarta.servlet.ServletResponse;
import jakarta.servlet.ServletResponseWrapper;
import jakarta.servlet.http.HttpServletResponse;
import org.eclipse.jetty.ee10.servlet.ServletApiResponse;
import org.eclipse.jetty.ee10.servlet.ServletContextResponse;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;

/**
 * Puts a Content-Type past Jetty's servlet layer, which would take its charset apart and write it
 * anew. Loaded only where Jetty is.
 */
final class JettyContentType {

  private JettyContentType() {}

  static void set(HttpServletResponse response, String value) {
    ServletResponse unwrapped = response;
    while (unwrapped instanceof ServletResponseWrapper wrapper) {
      unwrapped = wrapper.getResponse();
    }
    if (unwrapped instanceof ServletApiResponse) {
      ServletContextResponse.getServletContextResponse(unwrapped)
          .getWrapped()
          .getHeaders()
          .put(new HttpField(HttpHeader.CONTENT_TYPE, value));
    } else {
      response.setContentType(value);
    }
  }
}
