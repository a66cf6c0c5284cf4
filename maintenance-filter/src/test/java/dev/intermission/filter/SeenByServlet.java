package dev.intermission.filter;

import dev.intermission.gate.BypassBehaviour;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;

/** Answers what it sees of a bypass token, asynchronously but for a path that ends in "sync". */
final class SeenByServlet extends HttpServlet {

  private static final long serialVersionUID = 1L;

  private static final String TOKEN = "Intermission-Bypass";

  private final AtomicInteger passed;

  SeenByServlet(AtomicInteger passed) {
    this.passed = passed;
  }

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    passed.incrementAndGet();
    if (request.getRequestURI().endsWith("sync")) {
      response.addHeader("Cache-Control", "private");
      response.reset();
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
    List<String> seen = new ArrayList<>();
    Collections.list(request.getHeaderNames()).stream()
        .filter(name -> name.equalsIgnoreCase(TOKEN))
        .forEach(seen::add);
    seen.addAll(Collections.list(request.getHeaders(TOKEN)));
    if (request.getHeader(TOKEN.toLowerCase(Locale.ROOT)) != null) {
      seen.add("value");
    }
    String body = BypassBehaviour.REACHED + seen;
    response.setHeader("Cache-Control", BypassBehaviour.CACHE_CONTROL);
    response.setContentLength(body.length());
    response.getOutputStream().print(body);
  }
}
