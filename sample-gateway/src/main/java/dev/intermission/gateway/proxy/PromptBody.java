package dev.intermission.gateway.proxy;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.eclipse.jetty.io.Content;
import org.jspecify.annotations.Nullable;

/**
 * The body of an upstream's response that sends the head ahead to the client if the body is late,
 * as with a stream of events. Where the first bytes are there already, head and body go out
 * together.
 */
final class PromptBody implements Content.Source {

  private final Content.Source body;
  private final HttpServletResponse client;

  PromptBody(Content.Source body, HttpServletResponse client) {
    this.body = body;
    this.client = client;
  }

  @Override
  public Content.@Nullable Chunk read() {
    Content.Chunk chunk = body.read();
    if (chunk == null && !client.isCommitted()) {
      try {
        client.flushBuffer();
      } catch (IOException clientGone) {
        return Content.Chunk.from(ClientFailure.of(clientGone), true);
      }
    }
    return chunk;
  }

  @Override
  public void demand(Runnable demandCallback) {
    body.demand(demandCallback);
  }

  @Override
  public void fail(Throwable failure) {
    body.fail(failure);
  }

  @Override
  public void fail(Throwable failure, boolean last) {
    body.fail(failure, last);
  }

  @Override
  public long getLength() {
    return body.getLength();
  }
}
