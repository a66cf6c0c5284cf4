package dev.intermission.jetty;

import dev.intermission.gate.RequestHead;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/** The head of a request of Jetty's core. */
record JettyRequestHead(Request request) implements RequestHead {

  @Override
  public String method() {
    return request.getMethod();
  }

  @Override
  public @Nullable String contentType() {
    return request.getHeaders().get(HttpHeader.CONTENT_TYPE);
  }

  @Override
  public @Nullable String field(String name) {
    String value = null;
    for (HttpField line : request.getHeaders()) {
      if (line.is(name)) {
        String next = line.getValue() == null ? "" : line.getValue();
        value = value == null ? next : value + ", " + next;
      }
    }
    return value;
  }
}
