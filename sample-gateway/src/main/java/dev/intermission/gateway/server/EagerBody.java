package dev.intermission.gateway.server;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * Passes a request on when its body, or a large part of it, has arrived, so that clients that send
 * a body slowly occupy no threads. A handler that gets a part reads the rest as it arrives. A rest
 * that it leaves unread is dropped after the answer, so that a client that sends everything before
 * it reads sees the answer and not a broken connection.
 */
final class EagerBody extends Handler.Wrapper {

  /**
   * The largest number of consecutive wake-ups without anything to read; a single one may happen by
   * chance.
   */
  private static final int MAX_FRUITLESS = 16;

  private final int part;

  /**
   * Makes a handler that passes a request on after this many bytes.
   *
   * @param part kept in memory for each request that is coming in
   */
  EagerBody(int part) {
    this.part = part;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    if (request.getLength() == 0) {
      return super.handle(request, response, callback);
    }
    new Receiving(request, response, callback).run();
    return true;
  }

  private void handleReceived(Request request, Response response, Callback callback)
      throws Exception {
    if (!super.handle(request, response, callback)) {
      Response.writeError(request, response, callback, HttpStatus.NOT_FOUND_404);
    }
  }

  /** Waits for content, unless the source has called back without content too often. */
  private static void demandAgain(Request request, int fruitless, Runnable whenThere) {
    if (fruitless > MAX_FRUITLESS) {
      throw new HttpException.RuntimeException(
          HttpStatus.BAD_REQUEST_400, "The request has a body that can't be read");
    }
    request.demand(whenThere);
  }

  /** A request that is being received. */
  private final class Receiving implements Runnable {

    private final Request request;
    private final Response response;
    private final Callback callback;
    private final ByteArrayOutputStream received = new ByteArrayOutputStream();
    private int fruitless;

    Receiving(Request request, Response response, Callback callback) {
      this.request = request;
      this.response = response;
      this.callback = callback;
    }

    /**
     * Takes the content that is available, and is called again when there is more; occupies no
     * thread in between.
     */
    @Override
    public void run() {
      Callback whole = new Dropping(request, callback);
      try {
        Content.Chunk end = null;
        while (received.size() < part && end == null) {
          Content.Chunk chunk = request.read();
          if (chunk == null) {
            demandAgain(request, ++fruitless, this);
            return;
          }
          fruitless = 0;
          end = receive(chunk);
        }
        handleReceived(new Received(request, received.toByteArray(), end), response, whole);
      } catch (Throwable e) {
        Response.writeError(request, response, whole, e);
      }
    }

    /** Keeps the bytes, and returns what is to follow them if that is known. */
    private Content.@Nullable Chunk receive(Content.Chunk chunk) {
      if (Content.Chunk.isFailure(chunk)) {
        return chunk;
      }
      byte[] bytes = new byte[chunk.remaining()];
      chunk.getByteBuffer().get(bytes);
      chunk.release();
      received.writeBytes(bytes);
      return chunk.isLast() ? Content.Chunk.EOF : null;
    }
  }

  /** A request with a part of its body in memory. */
  private static final class Received extends Request.Wrapper {

    private final Content.@Nullable Chunk end;
    private Content.@Nullable Chunk part;

    Received(Request request, byte[] part, Content.@Nullable Chunk end) {
      super(request);
      this.part = Content.Chunk.from(ByteBuffer.wrap(part), false);
      this.end = end;
    }

    @Override
    public Content.@Nullable Chunk read() {
      if (part != null) {
        Content.Chunk next = part;
        part = null;
        return next;
      }
      return end == null ? super.read() : end;
    }

    @Override
    public void demand(Runnable whenThere) {
      if (part == null && end == null) {
        super.demand(whenThere);
      } else {
        whenThere.run();
      }
    }
  }

  /** Completes a request when the rest of its body is dropped. */
  private static final class Dropping extends Callback.Nested implements Runnable {

    private final Request request;
    private int fruitless;

    Dropping(Request request, Callback callback) {
      super(callback);
      this.request = request;
    }

    @Override
    public void succeeded() {
      run();
    }

    @Override
    public void run() {
      try {
        for (Content.Chunk chunk = request.read(); chunk != null; chunk = request.read()) {
          chunk.release();
          if (Content.Chunk.isFailure(chunk)) {
            failed(chunk.getFailure());
            return;
          }
          if (chunk.isLast()) {
            super.succeeded();
            return;
          }
          fruitless = 0;
        }
        demandAgain(request, ++fruitless, this);
      } catch (RuntimeException e) {
        failed(e);
      }
    }
  }
}
