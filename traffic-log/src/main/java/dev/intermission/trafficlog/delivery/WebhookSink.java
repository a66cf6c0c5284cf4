package dev.intermission.trafficlog.delivery;

import dev.intermission.trafficlog.connection.LogTarget;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/** Sends records to a server, as JSON arrays. Redirects are not followed. */
final class WebhookSink implements Sink {

  /** Answers to content that the server will never take; others may change. */
  private static final Set<Integer> REFUSALS = Set.of(400, 413, 415, 422);

  private final LogTarget.Webhook target;
  private final Map<String, String> secrets;
  private final HttpClient client;

  /**
   * @param secrets the values of the secret fields, by the names of the fields
   */
  WebhookSink(LogTarget.Webhook target, Map<String, String> secrets) {
    this.target = target;
    this.secrets = Map.copyOf(secrets);
    client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(target.timeout())
            .build();
  }

  @Override
  public void write(List<byte[]> records) throws IOException, InterruptedException {
    int status = status(request(records));
    if (REFUSALS.contains(status)) {
      throw new RefusedException(
          target.origin() + " has refused records with the status " + status);
    }
    if (status < 200 || status > 299) {
      throw new IOException(target.origin() + " has answered with the status " + status);
    }
  }

  private HttpRequest request(List<byte[]> records) throws IOException {
    try {
      HttpRequest.Builder request =
          HttpRequest.newBuilder(target.url())
              .header("Content-Type", "application/json")
              .method(target.method(), HttpRequest.BodyPublishers.ofByteArray(array(records)));
      target.fields().forEach(request::header);
      secrets.forEach(request::header);
      return request.build();
    } catch (IllegalArgumentException e) {
      // Without the cause: it may show the URL, or the value of a field.
      throw new IOException("a request to " + target.origin() + " can't be made");
    }
  }

  /**
   * Returns the status of the answer. The time-out of the client holds for the head alone, so the
   * whole exchange has one here: a body that does not end holds nothing up.
   */
  private int status(HttpRequest request) throws IOException, InterruptedException {
    AtomicInteger head = new AtomicInteger();
    CompletableFuture<HttpResponse<Void>> answer =
        client.sendAsync(
            request,
            info -> {
              head.set(info.statusCode());
              return HttpResponse.BodySubscribers.discarding();
            });
    try {
      return answer.get(target.timeout().toNanos(), TimeUnit.NANOSECONDS).statusCode();
    } catch (ExecutionException e) {
      throw new IOException(target.origin() + " did not answer", e.getCause());
    } catch (TimeoutException e) {
      if (head.get() != 0) {
        return head.get();
      }
      throw new IOException(target.origin() + " did not answer in time", e);
    } finally {
      answer.cancel(true);
    }
  }

  private static byte[] array(List<byte[]> records) {
    ByteArrayOutputStream array = new ByteArrayOutputStream();
    char before = '[';
    for (byte[] record : records) {
      array.write(before);
      array.writeBytes(record);
      before = ',';
    }
    array.write(']');
    return array.toByteArray();
  }

  @Override
  public void close() {}
}
