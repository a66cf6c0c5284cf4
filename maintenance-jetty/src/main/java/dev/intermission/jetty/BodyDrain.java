package dev.intermission.jetty;

import dev.intermission.filter.UnreadBody;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.Invocable;
import org.eclipse.jetty.util.thread.Scheduler;
import org.jspecify.annotations.Nullable;

/**
 * Reads and drops the rest of a request once its answer is written, and then completes it. A small
 * rest is dropped by whichever thread reads it; a large one by the pool, since it could keep a
 * reading thread from other connections for as long as the client is fast.
 */
final class BodyDrain implements Callback, Invocable.Task {

  private final Request request;
  private final UnreadBody unread;
  private final Callback callback;
  private Scheduler.@Nullable Task timeout;

  BodyDrain(Request request, UnreadBody unread, Callback callback) {
    this.request = request;
    this.unread = unread;
    this.callback = callback;
  }

  @Override
  public InvocationType getInvocationType() {
    return unread == UnreadBody.SMALL ? InvocationType.NON_BLOCKING : InvocationType.BLOCKING;
  }

  @Override
  public void succeeded() {
    if (unread == UnreadBody.SMALL) {
      if (!dropsAll()) {
        await();
      }
      return;
    }
    try {
      request.getContext().execute(this::await);
    } catch (RejectedExecutionException e) {
      callback.failed(e);
    }
  }

  @Override
  public void failed(Throwable failure) {
    callback.failed(failure);
  }

  private void await() {
    timeout =
        request
            .getComponents()
            .getScheduler()
            .schedule(this::giveUp, UnreadBody.DROP_MILLIS, TimeUnit.MILLISECONDS);
    request.demand(this);
  }

  @Override
  public void run() {
    if (!dropsAll()) {
      request.demand(this);
    }
  }

  /** Drops what is there; returns whether that was the end, and the request is complete. */
  private boolean dropsAll() {
    for (Content.Chunk chunk = request.read(); chunk != null; chunk = request.read()) {
      chunk.release();
      if (Content.Chunk.isFailure(chunk)) {
        stopWaiting();
        callback.failed(chunk.getFailure());
        return true;
      }
      if (chunk.isLast()) {
        stopWaiting();
        callback.succeeded();
        return true;
      }
    }
    return false;
  }

  private void stopWaiting() {
    if (timeout != null) {
      timeout.cancel();
    }
  }

  /** May race with the last bytes: the request completes once, with whichever comes first. */
  private void giveUp() {
    callback.failed(new TimeoutException("the rest of the request did not come in time"));
  }
}
