package dev.intermission.bench.compare;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;

/**
 * A filter as one would write it in an hour: it searches a list, and makes the JSON for each
 * request.
 */
final class NaiveFilter extends HttpFilter {

  private static final long serialVersionUID = 1;

  private final transient List<String> closed = Routes.prefixes();
  private final transient ObjectMapper json = new JsonMapper();

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    String path = request.getRequestURI();
    if (closed.stream().noneMatch(prefix -> covers(prefix, path))) {
      chain.doFilter(request, response);
      return;
    }
    byte[] body =
        json.writeValueAsBytes(
            json.createObjectNode()
                .put("status", ReceivedAnswer.CLOSED)
                .put("message", ReceivedAnswer.MESSAGE)
                .put("retry", true));
    response.setStatus(ReceivedAnswer.CLOSED);
    response.setContentType(ReceivedAnswer.CONTENT_TYPE);
    response.setHeader("Cache-Control", "no-store");
    response.setContentLength(body.length);
    response.getOutputStream().write(body);
  }

  private static boolean covers(String prefix, String path) {
    return path.startsWith(prefix)
        && (path.length() == prefix.length() || path.charAt(prefix.length()) == '/');
  }
}
