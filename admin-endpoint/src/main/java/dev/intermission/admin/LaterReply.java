package dev.intermission.admin;

import dev.intermission.admin.http.Call;
import dev.intermission.admin.http.Reply;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/** Answers a call when there is something to answer with; no thread waits for that. */
record LaterReply(Call call, CallLog log, FailedCalls failures) {

  void write(Reply.Later later, HttpServletRequest request) {
    AsyncContext async = request.startAsync();
    // It comes in its own time.
    async.setTimeout(0);
    async.addListener(new Gone(later.reply(), async));
    CompletableFuture<Void> unused =
        later
            .reply()
            .<Void>handleAsync(
                (ready, failure) -> {
                  if (!later.reply().isCancelled()) {
                    end(ready, failure, request, async);
                  }
                  return null;
                },
                task -> {
                  if (later.reply().isCancelled()) {
                    task.run();
                  } else {
                    async.start(task);
                  }
                })
            .exceptionally(
                refused -> {
                  // The container has no thread for it.
                  log.failed(call, "The answer could not be sent", asException(refused));
                  async.complete();
                  return null;
                });
  }

  /** Ends the wait of a caller who is gone, as far as the container notices it. */
  private record Gone(CompletableFuture<Reply> reply, AsyncContext async) implements AsyncListener {

    @Override
    public void onError(AsyncEvent event) {
      if (reply.cancel(false)) {
        async.complete();
      }
    }

    @Override
    public void onComplete(AsyncEvent event) {
      reply.cancel(false);
    }

    @Override
    public void onTimeout(AsyncEvent event) {
      // There is no time-out.
    }

    @Override
    public void onStartAsync(AsyncEvent event) {
      // It is started once.
    }
  }

  private void end(
      @Nullable Reply ready,
      @Nullable Throwable failure,
      HttpServletRequest request,
      AsyncContext async) {
    try {
      Reply reply = failures.replyTo(call, same -> resultOf(ready, failure));
      log.ended(call, reply);
      ReplyWriter.write(reply, call, request, (HttpServletResponse) async.getResponse());
    } catch (IOException e) {
      log.brokenOff(call, e);
    } catch (RuntimeException e) {
      log.failed(call, "The answer could not be sent", e);
    } finally {
      async.complete();
    }
  }

  private static RuntimeException asException(Throwable refused) {
    return refused instanceof RuntimeException unchecked
        ? unchecked
        : new IllegalStateException(refused);
  }

  private static Reply resultOf(@Nullable Reply ready, @Nullable Throwable failure) {
    Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
    if (cause instanceof RuntimeException unchecked) {
      throw unchecked;
    }
    if (ready == null) {
      throw new IllegalStateException("there is nothing to answer with", cause);
    }
    return ready;
  }
}
