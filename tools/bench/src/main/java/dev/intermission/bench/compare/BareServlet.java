package dev.intermission.bench.compare;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** The least that a servlet can do: the same bytes for every request. */
final class BareServlet extends HttpServlet {

  private static final long serialVersionUID = 1;

  private final int status;
  private final byte[] body = ReceivedAnswer.bytes();

  BareServlet(int status) {
    this.status = status;
  }

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    response.setStatus(status);
    response.setContentType(ReceivedAnswer.CONTENT_TYPE);
    response.setHeader("Cache-Control", "no-store");
    response.setContentLength(body.length);
    response.getOutputStream().write(body);
  }
}
