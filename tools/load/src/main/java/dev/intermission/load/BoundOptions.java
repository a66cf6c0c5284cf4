package dev.intermission.load;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options for the bounds of the measurement. */
final class BoundOptions {

  @Option(
      names = "--max-p99",
      paramLabel = "TIME",
      description = "The largest 99th percentile of the latency, such as 5ms.")
  private @Nullable Duration maxP99;

  @Option(names = "--max-errors", paramLabel = "N", description = "The largest number of errors.")
  private @Nullable Long maxErrors;

  @Option(
      names = "--min-throughput",
      paramLabel = "N",
      description = "The smallest number of answers a second.")
  private @Nullable Double minThroughput;

  Bounds bounds() {
    return new Bounds(
        Optional.ofNullable(maxP99),
        maxErrors == null ? OptionalLong.empty() : OptionalLong.of(maxErrors),
        minThroughput == null ? OptionalDouble.empty() : OptionalDouble.of(minThroughput));
  }
}
