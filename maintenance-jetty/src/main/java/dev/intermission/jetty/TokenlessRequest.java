package dev.intermission.jetty;

import dev.intermission.api.BypassToken;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.server.Request;

/**
 * A request as it passes: its bypass token is the gate's affair, and no one else gets to see it.
 */
final class TokenlessRequest extends Request.Wrapper {

  private final HttpFields fields;

  TokenlessRequest(Request request) {
    super(request);
    fields = HttpFields.build(request.getHeaders()).remove(BypassToken.HEADER).asImmutable();
  }

  @Override
  public HttpFields getHeaders() {
    return fields;
  }
}
