package dev.intermission.load;

import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.Response;
import org.eclipse.jetty.client.Result;
import org.eclipse.jetty.http.HttpHeader;
import org.jspecify.annotations.Nullable;

/** Sends the requests of a plan and counts their results. Thread-safe. */
final class Sender {

  private final HttpClient client;
  private final Target target;
  private final long timeoutNanos;
  private final AnswerCheck.Source checks;
  private final Span span;
  private final Tally tally;
  private final AtomicLong number = new AtomicLong();

  Sender(HttpClient client, LoadPlan plan, Span span, Tally tally) {
    this.client = client;
    this.span = span;
    this.tally = tally;
    target = plan.target();
    timeoutNanos = plan.timeout().toNanos();
    checks = new AnswerCheck.Source(plan.expected());
  }

  /**
   * Sends the next request.
   *
   * @param due when it was due, in {@link System#nanoTime()}; its latency counts from then
   * @param whenDone called once, on any thread, with what was wrong with the answer, or null
   */
  void send(long due, Consumer<@Nullable Failure> whenDone) {
    target
        .request(client, number.getAndIncrement())
        .timeout(timeoutNanos, TimeUnit.NANOSECONDS)
        .send(new Exchange(due, checks.next(), whenDone));
  }

  /** Counts a request that was due but could not be sent before the end. */
  void notSent(long due) {
    count(due, System.nanoTime(), 0, Failure.NOT_SENT);
  }

  private void count(long due, long done, int status, @Nullable Failure failure) {
    tally.count(span.isDeploying(due), done - due, status, failure);
  }

  private final class Exchange implements Response.Listener {

    private final long due;
    private final AnswerCheck check;
    private final Consumer<@Nullable Failure> whenDone;

    Exchange(long due, AnswerCheck check, Consumer<@Nullable Failure> whenDone) {
      this.due = due;
      this.check = check;
      this.whenDone = whenDone;
    }

    @Override
    public void onHeaders(Response response) {
      check.head(response.getStatus(), response.getHeaders().get(HttpHeader.CONTENT_TYPE));
    }

    @Override
    public void onContent(Response response, ByteBuffer content) {
      check.content(content);
    }

    @Override
    public void onComplete(Result result) {
      long done = System.nanoTime();
      Failure failure =
          result.getFailure() == null ? check.failure() : Failure.of(result.getFailure());
      int status = result.getFailure() == null ? result.getResponse().getStatus() : 0;
      count(due, done, status, failure);
      whenDone.accept(failure);
    }
  }
}
