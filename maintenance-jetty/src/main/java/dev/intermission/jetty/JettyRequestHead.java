package dev.intermission.jetty;

import dev.intermission.api.IpAddress;
import dev.intermission.gate.RequestHead;
import java.net.InetSocketAddress;
import java.util.function.BiConsumer;
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
  public @Nullable String query() {
    return request.getHttpURI().getQuery();
  }

  @Override
  public @Nullable IpAddress address() {
    if (request.getConnectionMetaData().getRemoteSocketAddress() instanceof InetSocketAddress inet
        && inet.getAddress() != null) {
      return IpAddress.of(inet.getAddress());
    }
    return null;
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

  @Override
  public void eachField(BiConsumer<String, String> reader) {
    for (HttpField line : request.getHeaders()) {
      reader.accept(line.getName(), line.getValue() == null ? "" : line.getValue());
    }
  }
}
