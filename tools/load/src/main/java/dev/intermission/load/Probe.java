package dev.intermission.load;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.client.Response;
import org.eclipse.jetty.client.Result;
import org.eclipse.jetty.http.HttpHeader;
import org.jspecify.annotations.Nullable;

/**
 * Sends one request to each URL before the load begins, so that a typing error is noticed at once
 * and not after a minute.
 */
final class Probe implements Response.Listener {

  private final AnswerCheck check;
  private final CompletableFuture<Result> done = new CompletableFuture<>();
  private long length;

  private Probe(AnswerCheck check) {
    this.check = check;
  }

  /**
   * Returns what is wrong with an answer, if it isn't the expected one.
   *
   * @throws LoadException if there is no answer
   */
  static Optional<String> of(HttpClient client, LoadPlan plan)
      throws LoadException, InterruptedException {
    AnswerCheck.Source checks = new AnswerCheck.Source(plan.expected());
    for (int i = 0; i < plan.target().urls().size(); i++) {
      Probe probe = new Probe(checks.next());
      Request request = plan.target().request(client, i);
      String wrong = probe.send(request, plan);
      if (wrong != null) {
        return Optional.of(wrong);
      }
    }
    return Optional.empty();
  }

  private @Nullable String send(Request request, LoadPlan plan)
      throws LoadException, InterruptedException {
    Duration timeout = plan.timeout();
    request.timeout(timeout.toNanos(), TimeUnit.NANOSECONDS).send(this);
    Result result;
    try {
      result = done.get();
    } catch (ExecutionException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw new LoadException("no answer from " + request.getURI() + ": " + reason(cause), cause);
    }
    Response response = result.getResponse();
    return check.failure() == null
        ? null
        : String.format(
            Locale.ROOT,
            "the answer of %s is not the expected one: it has status %d, %s, a body of %d bytes; expected is %s",
            request.getURI(),
            response.getStatus(),
            response.getHeaders().get(HttpHeader.CONTENT_TYPE),
            length,
            String.join(" or ", plan.expected().stream().map(Object::toString).toList()));
  }

  private static String reason(Throwable cause) {
    return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
  }

  @Override
  public void onHeaders(Response response) {
    check.head(response.getStatus(), response.getHeaders().get(HttpHeader.CONTENT_TYPE));
  }

  @Override
  public void onContent(Response response, ByteBuffer content) {
    length += content.remaining();
    check.content(content);
  }

  @Override
  public void onComplete(Result result) {
    if (result.getFailure() == null) {
      done.complete(result);
    } else {
      done.completeExceptionally(result.getFailure());
    }
  }
}
