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
    HttpRequest.Builder request =
        HttpRequest.newBuilder(target.url())
            .timeout(target.timeout())
            .header("Content-Type", "application/json")
            .method(target.method(), HttpRequest.BodyPublishers.ofByteArray(array(records)));
    target.fields().forEach(request::header);
    secrets.forEach(request::header);
    int status = client.send(request.build(), HttpResponse.BodyHandlers.discarding()).statusCode();
    if (REFUSALS.contains(status)) {
      throw new RefusedException(
          target.origin() + " has refused records with the status " + status);
    }
    if (status < 200 || status > 299) {
      throw new IOException(target.origin() + " has answered with the status " + status);
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
