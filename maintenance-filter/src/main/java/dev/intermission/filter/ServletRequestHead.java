package dev.intermission.filter;

import dev.intermission.gate.RequestHead;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Enumeration;
import org.jspecify.annotations.Nullable;

/** The head of a request of the Servlet API. */
record ServletRequestHead(HttpServletRequest request) implements RequestHead {

  @Override
  public String method() {
    return request.getMethod();
  }

  @Override
  public @Nullable String contentType() {
    return request.getHeader("Content-Type");
  }

  @Override
  public @Nullable String field(String name) {
    Enumeration<String> lines = request.getHeaders(name);
    if (lines == null || !lines.hasMoreElements()) {
      return null;
    }
    String value = lines.nextElement();
    while (lines.hasMoreElements()) {
      value = value + ", " + lines.nextElement();
    }
    return value;
  }
}
