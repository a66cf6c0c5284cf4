package dev.intermission.filter;

import dev.intermission.gate.ExemptionBehaviour;
import dev.intermission.gate.Passage;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.atomic.AtomicInteger;

/** Answers the passage that it is told, asynchronously but for a path that ends in "sync". */
final class PassageServlet extends HttpServlet {

  private static final long serialVersionUID = 1L;

  private final AtomicInteger passed;

  PassageServlet(AtomicInteger passed) {
    this.passed = passed;
  }

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    passed.incrementAndGet();
    if (request.getRequestURI().endsWith("sync")) {
      answer(request, response);
      return;
    }
    AsyncContext async = request.startAsync();
    async.start(
        () -> {
          try {
            answer(
                (HttpServletRequest) async.getRequest(), (HttpServletResponse) async.getResponse());
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          } finally {
            async.complete();
          }
        });
  }

  private static void answer(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    String body = String.valueOf(request.getAttribute(Passage.ATTRIBUTE));
    response.setHeader("Cache-Control", ExemptionBehaviour.CACHE_CONTROL);
    response.setContentLength(body.length());
    response.getOutputStream().print(body);
  }
}
