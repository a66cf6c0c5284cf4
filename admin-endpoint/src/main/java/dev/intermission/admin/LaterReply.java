package dev.intermission.admin;

import dev.intermission.admin.http.Call;
import dev.intermission.admin.http.Reply;
import jakarta.servlet.AsyncContext;
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
    CompletableFuture<Void> unused =
        later
            .reply()
            .<Void>handleAsync(
                (ready, failure) -> {
                  end(ready, failure, request, async);
                  return null;
                },
                async::start)
            .exceptionally(
                refused -> {
                  // The container has no thread for it.
                  log.failed(call, "The answer could not be sent", asException(refused));
                  async.complete();
                  return null;
                });
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
