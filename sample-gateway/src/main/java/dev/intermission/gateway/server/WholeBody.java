package dev.intermission.gateway.server;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Hands a request on when its body is in, so that clients that are slow to send one keep no threads
 * from the others, and a client that sends all before it reads gets to read why it is refused.
 * Keeps a limited number of bytes of a body and drops the rest: what is behind must refuse a body
 * that is longer.
 */
final class WholeBody extends Handler.Wrapper {

  private final int keptBytes;

  WholeBody(int keptBytes) {
    this.keptBytes = keptBytes;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    if (request.getLength() == 0) {
      return super.handle(request, response, callback);
    }
    new Receiving(request, response, callback).run();
    return true;
  }

  private void handleWhole(Request request, Response response, Callback callback) throws Exception {
    if (!super.handle(request, response, callback)) {
      Response.writeError(request, response, callback, HttpStatus.NOT_FOUND_404);
    }
  }

  /** One request on its way in. */
  private final class Receiving implements Runnable {

    private final Request request;
    private final Response response;
    private final Callback callback;
    private final ByteArrayOutputStream kept = new ByteArrayOutputStream();

    Receiving(Request request, Response response, Callback callback) {
      this.request = request;
      this.response = response;
      this.callback = callback;
    }

    /** Takes what is there, and comes back when there is more; holds no thread in between. */
    @Override
    public void run() {
      try {
        Content.Chunk chunk = request.read();
        while (chunk != null && !chunk.isLast()) {
          keep(chunk);
          chunk = request.read();
        }
        if (chunk == null) {
          request.demand(this);
          return;
        }
        Content.Chunk end = chunk;
        if (!Content.Chunk.isFailure(chunk)) {
          keep(chunk);
          end = Content.Chunk.EOF;
        }
        handleWhole(new WithBody(request, kept.toByteArray(), end), response, callback);
      } catch (Throwable failure) {
        Response.writeError(request, response, callback, failure);
      }
    }

    private void keep(Content.Chunk chunk) {
      byte[] part = new byte[Math.min(chunk.remaining(), keptBytes - kept.size())];
      chunk.getByteBuffer().get(part);
      chunk.release();
      kept.writeBytes(part);
    }
  }

  /** A request whose body is in memory. */
  private static final class WithBody extends Request.Wrapper {

    private final Content.Chunk end;
    private Content.Chunk next;

    WithBody(Request request, byte[] body, Content.Chunk end) {
      super(request);
      this.end = end;
      next = Content.Chunk.from(ByteBuffer.wrap(body), false);
    }

    @Override
    public Content.Chunk read() {
      Content.Chunk chunk = next;
      next = end;
      return chunk;
    }

    @Override
    public void demand(Runnable whenThere) {
      whenThere.run();
    }
  }
}
