package dev.intermission.load;

import java.time.Duration;
import java.util.Locale;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options for the amount and the pace of requests. */
final class PaceOptions {

  private static final double MOST_PER_SECOND = 1_000_000;
  private static final int MOST_UNDER_WAY = 20_000;
  private static final Duration LONGEST = Duration.ofHours(24);

  @Option(
      names = "--rate",
      paramLabel = "N",
      description =
          "Requests a second, due at even intervals; latency counts from when a request was due."
              + " Without it each connection sends as fast as it is answered.")
  private @Nullable Double rate;

  @Option(
      names = "--connections",
      paramLabel = "N",
      defaultValue = "64",
      description = "The largest number of connections to a host (default: 64).")
  private int connections = 64;

  @Option(
      names = "--duration",
      paramLabel = "TIME",
      defaultValue = "30s",
      description = "How long to measure (default: 30s).")
  private Duration duration = Duration.ofSeconds(30);

  @Option(
      names = "--warmup",
      paramLabel = "TIME",
      defaultValue = "5s",
      description = "How long to send load before the measurement (default: 5s).")
  private Duration warmup = Duration.ofSeconds(5);

  @Option(
      names = "--timeout",
      paramLabel = "TIME",
      defaultValue = "5s",
      description = "How long to wait for an answer (default: 5s).")
  private Duration timeout = Duration.ofSeconds(5);

  @Option(
      names = "--http2",
      description = "Speak HTTP/2: with prior knowledge over http, by ALPN over https.")
  private boolean http2;

  @Option(
      names = "--streams",
      paramLabel = "N",
      description =
          "With --http2, the largest number of requests in progress on a connection (default: 8).")
  private @Nullable Integer streams;

  @Option(
      names = "--insecure",
      description = "Over https, accept any certificate, such as one made for a test.")
  private boolean insecure;

  /**
   * @throws UsageException if an option is wrong
   */
  Protocol protocol() {
    if (streams != null && !http2) {
      throw new UsageException(
          "--streams is for --http2; HTTP/1.1 has one request on a connection");
    }
    int perConnection = streams == null ? (http2 ? 8 : 1) : streams;
    if (connections < 1
        || perConnection < 1
        || (long) connections * perConnection > MOST_UNDER_WAY) {
      throw new UsageException(
          String.format(
              Locale.ROOT,
              "--connections is %d with %d requests under way on each; allowed are 1 to %d in all",
              connections,
              perConnection,
              MOST_UNDER_WAY));
    }
    return new Protocol(http2, connections, perConnection, insecure);
  }

  /** As {@link LoadPlan#rate()}. */
  OptionalDouble rate() {
    if (rate == null) {
      return OptionalDouble.empty();
    }
    if (!(rate > 0 && rate <= MOST_PER_SECOND)) {
      throw new UsageException(
          "--rate is "
              + Numbers.plain(rate)
              + ", allowed is more than 0 and at most "
              + Numbers.plain(MOST_PER_SECOND));
    }
    return OptionalDouble.of(rate);
  }

  Duration duration() {
    return between("--duration", duration, Meter.TICK, LONGEST);
  }

  Duration warmup() {
    return between("--warmup", warmup, Duration.ZERO, LONGEST);
  }

  Duration timeout() {
    return between("--timeout", timeout, Duration.ofMillis(1), Duration.ofMinutes(10));
  }

  private static Duration between(String option, Duration value, Duration least, Duration most) {
    if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
      throw new UsageException(
          String.format(
              Locale.ROOT,
              "%s is %s, allowed is %s to %s",
              option,
              Durations.text(value),
              Durations.text(least),
              Durations.text(most)));
    }
    return value;
  }
}
