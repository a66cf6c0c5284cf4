package dev.intermission.load;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say what the measurement must keep to. */
final class BoundOptions {

  @Option(
      names = "--max-p99",
      paramLabel = "TIME",
      description = "The most that the 99th percentile of the latency may be, such as 5ms.")
  private @Nullable Duration maxP99;

  @Option(
      names = "--max-errors",
      paramLabel = "N",
      description = "The most errors that there may be.")
  private @Nullable Long maxErrors;

  @Option(names = "--min-throughput", paramLabel = "N", description = "The least answers a second.")
  private @Nullable Double minThroughput;

  Bounds bounds() {
    return new Bounds(
        Optional.ofNullable(maxP99),
        maxErrors == null ? OptionalLong.empty() : OptionalLong.of(maxErrors),
        minThroughput == null ? OptionalDouble.empty() : OptionalDouble.of(minThroughput));
  }
}
