package dev.intermission.filter;

import dev.intermission.gate.Answer;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.ServletResponseWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.util.function.Function;
import org.eclipse.jetty.ee10.servlet.ServletApiResponse;
import org.eclipse.jetty.ee10.servlet.ServletContextResponse;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.PreEncodedHttpField;

/**
 * Sets the Content-Type below Jetty's servlet layer, which would parse the charset and write it in
 * another form. Loaded only if Jetty is present.
 */
final class JettyContentType {

  private static final Function<Answer, HttpField> FIELD = JettyContentType::encoded;

  private JettyContentType() {}

  private static HttpField encoded(Answer answer) {
    return new PreEncodedHttpField(HttpHeader.CONTENT_TYPE, answer.contentType());
  }

  static void set(HttpServletResponse response, Answer answer) {
    ServletResponse unwrapped = response;
    while (unwrapped instanceof ServletResponseWrapper wrapper) {
      unwrapped = wrapper.getResponse();
    }
    if (unwrapped instanceof ServletApiResponse) {
      ServletContextResponse.getServletContextResponse(unwrapped)
          .getWrapped()
          .getHeaders()
          .put(answer.as(FIELD));
    } else {
      response.setContentType(answer.contentType());
    }
  }
}
