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
 * Deals with the rest of a request once its answer is written, and then completes it. A small rest
 * is dropped by whichever thread reads it; a large one by the pool, since it could keep a reading
 * thread from other connections for as long as the client is fast.
 *
 * <p>Where streams share a connection nothing has to be read for the connection's sake: the client
 * is told by a reset with NO_ERROR to send no more (RFC 9113 section 8.1). A small rest is dropped
 * there too, for a moment, because some clients take a reset amiss, and Jetty closes a connection
 * on which too much comes in for streams that were reset.
 *
 * <p>Each call reads something or counts against a limit, so that a source which calls back without
 * content, as that of a tunnel does, ends the request instead of occupying a thread.
 */
final class RequestDrain implements Callback, Invocable.Task {

  private static final long STREAM_MILLIS = 1_000;

  /** Wake-ups in a row without anything to read; a source may have one by mistake, but not many. */
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

  /** The last bytes may race with the timeout: what comes first completes the request. */
  private void completeOnce(Runnable completion) {
    if (complete.compareAndSet(false, true)) {
      completion.run();
    }
  }
}
