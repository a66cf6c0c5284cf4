package dev.intermission.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * How long requests took: {@code http.server.request.duration} of OpenTelemetry's semantic
 * conventions for HTTP, with the tags {@code http.request.method}, {@code http.route} and {@code
 * http.response.status_code}. The first {@value #WITH_BUCKETS} routes have the buckets that the
 * conventions advise; the others have the count and the sum, in one bucket. After {@value
 * #MAX_SERIES} series, requests to new routes count as of the route {@value #OTHER}. Thread-safe.
 */
public final class RequestMetrics {

  private static final int WITH_BUCKETS = 1_000;
  private static final int MAX_SERIES = 100_000;

  /** What the conventions call a method that is not known. */
  private static final String OTHER = "_OTHER";

  private static final Set<String> METHODS =
      Set.of(
          "GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT", "QUERY");

  private static final Duration[] BUCKETS =
      Arrays.stream(
              new int[] {5, 10, 25, 50, 75, 100, 250, 500, 750, 1000, 2500, 5000, 7500, 10000})
          .mapToObj(Duration::ofMillis)
          .toArray(Duration[]::new);

  private static final Duration[] ONE_BUCKET = {Duration.ofSeconds(10)};

  private final MeterRegistry registry;
  private final Map<Series, Timer> timers = new ConcurrentHashMap<>();
  private final Map<String, Duration[]> bucketsOfRoutes = new ConcurrentHashMap<>();
  private final AtomicInteger routes = new AtomicInteger();

  private record Series(String method, String route, int status) {}

  /** Makes the timers of this registry. */
  public RequestMetrics(MeterRegistry registry) {
    this.registry = registry;
  }

  /**
   * Takes the end of a request.
   *
   * @param method as the client sent it
   * @param route the path prefix that it was matched by, or null if it belongs to no route
   * @param status the status of the response, or 0 if there was none
   * @param nanos how long it took, from its first byte to the last of the response
   */
  public void ended(String method, @Nullable String route, int status, long nanos) {
    Series series =
        new Series(METHODS.contains(method) ? method : OTHER, route == null ? "" : route, status);
    Timer timer = timers.get(series);
    (timer == null ? added(series) : timer).record(nanos, TimeUnit.NANOSECONDS);
  }

  private Timer added(Series series) {
    Series kept =
        timers.size() < MAX_SERIES ? series : new Series(series.method(), OTHER, series.status());
    return timers.computeIfAbsent(kept, this::timer);
  }

  private Timer timer(Series series) {
    Duration[] buckets =
        bucketsOfRoutes.computeIfAbsent(
            series.route(),
            route -> routes.incrementAndGet() <= WITH_BUCKETS ? BUCKETS : ONE_BUCKET);
    return Timer.builder("http.server.request.duration")
        .description("How long requests took that passed the gate")
        .tag("http.request.method", series.method())
        .tag("http.route", series.route())
        .tag(
            "http.response.status_code",
            series.status() == 0 ? "" : String.valueOf(series.status()))
        .serviceLevelObjectives(buckets)
        .register(registry);
  }
}
