package dev.intermission.filter;

import dev.intermission.gate.Answer;
import jakarta.servlet.http.HttpServletResponse;

/** A container of which no more is known than the servlet API says. */
final class AnyContainer implements Container {

  @Override
  public void setContentType(HttpServletResponse response, Answer answer) {
    response.setContentType(answer.contentType());
  }

  @Override
  public boolean endsWithTheHead(HttpServletResponse response) {
    return false;
  }
}
