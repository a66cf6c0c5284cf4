package dev.intermission.load;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.eclipse.jetty.http.HttpFields;

/** Short load tests. */
final class Plans {

  static final ExpectedAnswer GONE = ExpectedAnswer.of(503, "text/plain", "gone");

  private Plans() {}

  /** Four connections at full speed for a second, without a warm-up; right is 503 "gone". */
  static LoadPlan closedLoop(String url) {
    return closedLoop(url, Duration.ofSeconds(1));
  }

  static LoadPlan closedLoop(String url, Duration duration) {
    return of(url, false, 4, OptionalDouble.empty(), duration, Duration.ofSeconds(30));
  }

  static LoadPlan openLoop(String url, double rate, Duration duration) {
    return of(url, false, 4, OptionalDouble.of(rate), duration, Duration.ofSeconds(30));
  }

  static LoadPlan openLoop(String url, double rate, Duration duration, Duration timeout) {
    return of(url, false, 4, OptionalDouble.of(rate), duration, timeout);
  }

  static LoadPlan http2(String url) {
    return of(url, true, 2, OptionalDouble.empty(), Duration.ofSeconds(1), Duration.ofSeconds(30));
  }

  private static LoadPlan of(
      String url,
      boolean http2,
      int connections,
      OptionalDouble rate,
      Duration duration,
      Duration timeout) {
    return new LoadPlan(
        new Target(List.of(URI.create(url)), "GET", HttpFields.EMPTY, null),
        List.of(GONE),
        new Protocol(http2, connections, http2 ? 4 : 1, false),
        rate,
        duration,
        Duration.ZERO,
        timeout,
        Optional.empty());
  }

  static Measurement run(LoadPlan plan) throws Exception {
    return new LoadRun(plan, "", Progress.NONE).run();
  }
}
