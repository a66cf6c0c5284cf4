package dev.intermission.gateway.server;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;

/** Answers GET and HEAD of one path with the present state, without a token. */
public final class JsonResource extends Handler.Abstract {

  /**
   * The answer of a resource.
   *
   * @param status the status
   * @param body the body
   */
  public record State(int status, JsonNode body) {}

  private final String path;
  private final Supplier<State> state;

  /** Makes a resource at this path; the state is computed for each request, and may block. */
  public JsonResource(String path, Supplier<State> state) {
    this.path = path;
    this.state = state;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    if (!Request.getPathInContext(request).equals(path)) {
      return false;
    }
    if (ReadOnly.refuses(request, response, callback)) {
      return true;
    }
    State now = state.get();
    response.setStatus(now.status());
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, ErrorBody.CONTENT_TYPE);
    response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-store");
    response.write(true, BufferUtil.toBuffer(now.body() + "\n", StandardCharsets.UTF_8), callback);
    return true;
  }
}
