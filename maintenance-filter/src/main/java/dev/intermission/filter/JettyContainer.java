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
 * Jetty. Sets the Content-Type below its servlet layer, which would parse the charset and write it
 * in another form. Loaded only if Jetty is present; the response may be another container's all the
 * same.
 */
final class JettyContainer implements Container {

  private static final Function<Answer, HttpField> FIELD = JettyContainer::encoded;

  private static HttpField encoded(Answer answer) {
    return new PreEncodedHttpField(HttpHeader.CONTENT_TYPE, answer.contentType());
  }

  @Override
  public void setContentType(HttpServletResponse response, Answer answer) {
    ServletResponse unwrapped = unwrapped(response);
    if (unwrapped instanceof ServletApiResponse) {
      ServletContextResponse.getServletContextResponse(unwrapped)
          .getWrapped()
          .getHeaders()
          .put(answer.as(FIELD));
    } else {
      response.setContentType(answer.contentType());
    }
  }

  @Override
  public boolean endsWithTheHead(HttpServletResponse response) {
    return unwrapped(response) instanceof ServletApiResponse;
  }

  private static ServletResponse unwrapped(HttpServletResponse response) {
    ServletResponse unwrapped = response;
    while (unwrapped instanceof ServletResponseWrapper wrapper) {
      unwrapped = wrapper.getResponse();
    }
    return unwrapped;
  }
}
