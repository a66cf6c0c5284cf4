package dev.intermission.gateway.client;

import dev.intermission.gateway.client.tracing.RecordQuery;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which recorded requests are shown. */
final class TraceFilterOptions {

  @Option(
      names = "--status",
      paramLabel = "CODE",
      description = "Shows only requests whose clients got this status.")
  @Nullable Integer status;

  @Option(
      names = "--min-millis",
      paramLabel = "N",
      description = "Shows only requests that took at least so many milliseconds.")
  @Nullable Long minMillis;

  @Option(
      names = "--path",
      paramLabel = "TEXT",
      description = "Shows only requests whose path begins with this.")
  @Nullable String path;

  /** Returns the query for records of an environment, or of all if it is null. */
  RecordQuery query(@Nullable String environment) {
    return new RecordQuery(null, environment, status, minMillis, path);
  }
}
