package dev.intermission.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.distribution.CountAtBucket;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What is told of requests, and what is bounded. */
class RequestMetricsTest {

  private static final String NAME = "http.server.request.duration";

  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final RequestMetrics metrics = new RequestMetrics(registry);

  private Timer timer(String method, String route, String status) {
    return registry
        .get(NAME)
        .tag("http.request.method", method)
        .tag("http.route", route)
        .tag("http.response.status_code", status)
        .timer();
  }

  @Test
  void requestsCountByMethodRouteAndStatus() {
    metrics.ended("GET", "/orders", 200, 1_000_000);
    metrics.ended("GET", "/orders", 200, 3_000_000);
    metrics.ended("POST", "/orders", 502, 5_000_000);

    assertThat(timer("GET", "/orders", "200").count()).isEqualTo(2);
    assertThat(timer("GET", "/orders", "200").totalTime(TimeUnit.MILLISECONDS)).isEqualTo(4);
    assertThat(timer("POST", "/orders", "502").count()).isEqualTo(1);
  }

  @Test
  void clientsCantMakeNewMethodsUp() {
    metrics.ended("BREW", "/orders", 405, 1);
    metrics.ended("get", "/orders", 405, 1);

    assertThat(timer("_OTHER", "/orders", "405").count()).isEqualTo(2);
  }

  @Test
  void whatBelongsToNoRouteAndWhatEndsWithoutResponseHasEmptyTags() {
    metrics.ended("GET", null, 404, 1);
    metrics.ended("GET", "/orders", 0, 1);

    assertThat(timer("GET", "", "404").count()).isEqualTo(1);
    assertThat(timer("GET", "/orders", "").count()).isEqualTo(1);
  }

  @Test
  void routesBeyondTheFirstThousandHaveOneBucket() {
    for (int i = 0; i <= 1_000; i++) {
      metrics.ended("GET", "/api-" + i, 200, 6_000_000);
    }

    assertThat(buckets("/api-999")).hasSize(14);
    assertThat(buckets("/api-1000")).hasSize(1);
    assertThat(timer("GET", "/api-1000", "200").count()).isEqualTo(1);
  }

  private CountAtBucket[] buckets(String route) {
    return timer("GET", route, "200").takeSnapshot().histogramCounts();
  }

  @Test
  void aTimeCountsInItsBuckets() {
    metrics.ended("GET", "/orders", 200, 6_000_000);

    assertThat(
            Arrays.stream(buckets("/orders"))
                .filter(bucket -> bucket.count() == 0)
                .map(bucket -> bucket.bucket(TimeUnit.MILLISECONDS)))
        .containsExactly(5.0);
  }
}
