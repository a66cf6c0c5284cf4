package dev.intermission.jetty;

import dev.intermission.gate.UnreadBody;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.Invocable;
import org.eclipse.jetty.util.thread.Scheduler;
import org.jspecify.annotations.Nullable;

/**
 * Drops the rest of a request after its answer has been written, and then completes the request. A
 * small rest is dropped on the thread that reads it; a large one on the pool, since a fast client
 * could otherwise keep a reading thread from other connections.
 *
 * <p>With HTTP/2 and HTTP/3 the rest need not be read to keep the connection: a reset with NO_ERROR
 * tells the client to send no more (RFC 9113 section 8.1). A small rest is dropped there too, for a
 * moment, because some clients report any reset as an error, and because Jetty closes a connection
 * that receives too much for streams that were reset.
 *
 * <p>Each call reads something or counts against a limit. So a source that calls back without
 * content, such as that of a tunnel, ends the request instead of occupying a thread.
 */
final class RequestDrain implements Callback, Invocable.Task {

  private static final long STREAM_MILLIS = 1_000;

  /**
   * The largest number of consecutive wake-ups without anything to read; a single one may happen by
   * chance.
   */
  private static final int MAX_FRUITLESS = 16;

  private final Request request;
  private final UnreadBody unread;
  private final boolean multiplexed;
  private final Callback callback;
  private final AtomicBoolean complete = new AtomicBoolean();
  private long dropped;
  private int fruitless;
  private Scheduler.@Nullable Task timeout;

  RequestDrain(Request request, UnreadBody unread, boolean multiplexed, Callback callback) {
    this.request = request;
    this.unread = unread;
    this.multiplexed = multiplexed;
    this.callback = callback;
  }

  @Override
  public InvocationType getInvocationType() {
    return unread == UnreadBody.SMALL ? InvocationType.NON_BLOCKING : InvocationType.BLOCKING;
  }

  @Override
  public void succeeded() {
    if (unread == UnreadBody.SMALL) {
      if (!isOver()) {
        await();
      }
    } else if (multiplexed) {
      giveUp();
    } else {
      try {
        request.getContext().execute(this::await);
      } catch (RejectedExecutionException e) {
        callback.failed(e);
      }
    }
  }

  @Override
  public void failed(Throwable failure) {
    callback.failed(failure);
  }

  private void await() {
    long millis = multiplexed ? STREAM_MILLIS : UnreadBody.DROP_MILLIS;
    Scheduler scheduler = request.getComponents().getScheduler();
    timeout = scheduler.schedule(this::giveUp, millis, TimeUnit.MILLISECONDS);
    request.demand(this);
  }

  @Override
  public void run() {
    fruitless++;
    if (isOver()) {
      if (timeout != null) {
        timeout.cancel();
      }
    } else if (fruitless > MAX_FRUITLESS) {
      giveUp();
    } else {
      request.demand(this);
    }
  }

  /** Drops what is there; returns whether the request is complete now. */
  private boolean isOver() {
    while (!complete.get()) {
      Content.Chunk chunk = request.read();
      if (chunk == null) {
        return false;
      }
      fruitless = 0;
      dropped += chunk.remaining();
      chunk.release();
      if (Content.Chunk.isFailure(chunk)) {
        Throwable failure = chunk.getFailure();
        completeOnce(() -> callback.failed(failure));
        return true;
      }
      if (chunk.isLast()) {
        completeOnce(callback::succeeded);
        return true;
      }
      if (multiplexed && dropped > UnreadBody.SMALL_BYTES) {
        giveUp();
        return true;
      }
    }
    return true;
  }

  private void giveUp() {
    completeOnce(
        () -> {
          if (multiplexed) {
            StopSending.complete(request, callback);
          } else {
            callback.failed(new TimeoutException("The rest of the request did not come in time"));
          }
        });
  }

  /** The last bytes and the timeout may race: whichever comes first completes the request. */
  private void completeOnce(Runnable completion) {
    if (complete.compareAndSet(false, true)) {
      completion.run();
    }
  }
}
