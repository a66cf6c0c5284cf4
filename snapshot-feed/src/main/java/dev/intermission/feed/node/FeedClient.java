package dev.intermission.feed.node;

import dev.intermission.api.SnapshotDelta;
import dev.intermission.feed.CountsReport;
import dev.intermission.feed.DeltaJson;
import dev.intermission.feed.FeedProtocol;
import dev.intermission.feed.UnreadableSnapshotException;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Asks one admin node at a time for what comes after a version. */
final class FeedClient {

  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(3);
  private static final Duration TRANSFER_TIMEOUT = Duration.ofSeconds(30);

  /** An admin node may wait ten seconds for its store before it says that it can't. */
  private static final Duration TRACES_TIMEOUT = Duration.ofSeconds(15);

  private final RemoteFeedOptions options;
  private final Clock clock;
  private final HttpClient http;
  private final String run = FeedProtocol.newRun();

  FeedClient(RemoteFeedOptions options, Clock clock) {
    this.options = options;
    this.clock = clock;
    HttpClient.Builder builder =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(CONNECT_TIMEOUT);
    if (options.tls() != null) {
      builder.sslContext(options.tls());
    }
    http = builder.build();
  }

  /**
   * Waits for what comes after the version, and says by asking that this node serves the version.
   *
   * @param wait how long the admin node may wait for news
   * @return what is new, or empty if nothing is
   * @throws FeedException if the admin node can't be reached, refuses, or answers something else
   */
  Optional<SnapshotDelta> changes(URI admin, String environment, long after, Duration wait)
      throws InterruptedException, FeedException {
    String query =
        String.format(
            Locale.ROOT,
            "%s=%s&%s=%d&%s=%d",
            FeedProtocol.ENVIRONMENT,
            encoded(environment),
            FeedProtocol.AFTER,
            after,
            FeedProtocol.WAIT,
            wait.toMillis());
    HttpResponse<byte[]> response =
        send(request(admin, query).GET().build(), options.longestPoll().plus(TRANSFER_TIMEOUT));
    return switch (response.statusCode()) {
      case 200 -> Optional.of(read(response.body()));
      case 204 -> Optional.empty();
      case 401, 403 ->
          throw new FeedException(
              "it refuses this node's token (status " + response.statusCode() + ")", null);
      default -> throw new FeedException("it answers with status " + response.statusCode(), null);
    };
  }

  /**
   * Tells the admin node what this node has counted.
   *
   * @return the status of its answer
   * @throws FeedException if the admin node can't be told
   */
  int report(URI admin, String environment, CountsReport report)
      throws InterruptedException, FeedException {
    HttpRequest request =
        request(admin, FeedProtocol.ENVIRONMENT + "=" + encoded(environment))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(report.json(), StandardCharsets.US_ASCII))
            .build();
    return send(request, CONNECT_TIMEOUT).statusCode();
  }

  /**
   * Tells the admin node what was traced.
   *
   * @param telling which process tells it
   * @param report in its JSON form
   * @return the status of its answer
   * @throws FeedException if the admin node can't be told, or does not answer in time
   */
  int traces(URI admin, String environment, String telling, byte[] report)
      throws InterruptedException, FeedException {
    HttpRequest request =
        HttpRequest.newBuilder(
                admin.resolve(
                    FeedProtocol.TRACES_PATH
                        + "?"
                        + FeedProtocol.ENVIRONMENT
                        + "="
                        + encoded(environment)))
            .header("Authorization", "Bearer " + options.token())
            .header(FeedProtocol.NODE, options.node())
            .header(FeedProtocol.RUN, telling)
            .header("User-Agent", software())
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofByteArray(report))
            .build();
    return send(request, TRACES_TIMEOUT).statusCode();
  }

  /**
   * Tells the admin node that this node no longer follows the environment.
   *
   * @throws FeedException if the admin node can't be told
   */
  void leave(URI admin, String environment) throws InterruptedException, FeedException {
    HttpRequest request =
        request(admin, FeedProtocol.ENVIRONMENT + "=" + encoded(environment)).DELETE().build();
    int status = send(request, CONNECT_TIMEOUT).statusCode();
    if (status != 204) {
      throw new FeedException("it answers with status " + status, null);
    }
  }

  private static SnapshotDelta read(byte[] body) throws FeedException {
    try {
      return DeltaJson.read(body);
    } catch (UnreadableSnapshotException e) {
      throw new FeedException("what it answers " + e.getMessage(), e);
    }
  }

  private HttpRequest.Builder request(URI admin, String query) {
    return HttpRequest.newBuilder(admin.resolve(FeedProtocol.PATH + "?" + query))
        .header("Authorization", "Bearer " + options.token())
        .header(FeedProtocol.NODE, options.node())
        .header(FeedProtocol.FORMAT, Integer.toString(DeltaJson.FORMAT))
        .header(FeedProtocol.RUN, run)
        .header(FeedProtocol.TIME, Long.toString(clock.millis()))
        .header("User-Agent", software());
  }

  private static String encoded(String environment) {
    return URLEncoder.encode(environment, StandardCharsets.UTF_8);
  }

  private static String software() {
    String version = FeedClient.class.getPackage().getImplementationVersion();
    return version == null ? "Intermission" : "Intermission/" + version;
  }

  /** The client's own time-out ends with the response's head, this one with its body. */
  private HttpResponse<byte[]> send(HttpRequest request, Duration timeout)
      throws InterruptedException, FeedException {
    if (Thread.interrupted()) {
      throw new InterruptedException("the feed ends");
    }
    CompletableFuture<HttpResponse<byte[]>> response =
        http.sendAsync(request, HttpResponse.BodyHandlers.ofByteArray());
    try {
      return response.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      Throwable cause = e.getCause() instanceof IOException io ? io : e;
      throw new FeedException("it can't be reached: " + cause, cause);
    } catch (TimeoutException e) {
      throw new FeedException("it does not answer in time", e);
    } finally {
      response.cancel(true);
    }
  }
}
