package dev.intermission.gateway.client;

import dev.intermission.gateway.client.output.CommandFailure;
import dev.intermission.gateway.client.output.Exit;
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

  /**
   * Refuses values that no request can have.
   *
   * @throws CommandFailure if there is one
   */
  void check() {
    if (status != null && (status < 0 || status > 999)) {
      throw new CommandFailure(
          Exit.USAGE,
          "--status: found "
              + status
              + ", allowed is 0 to 999; 0 stands for requests whose clients got none");
    }
    if (minMillis != null && minMillis < 0) {
      throw new CommandFailure(
          Exit.USAGE, "--min-millis: found " + minMillis + ", allowed is 0 and more");
    }
  }

  /** Returns the query for records of an environment, or of all if it is null. */
  RecordQuery query(@Nullable String environment) {
    return new RecordQuery(null, environment, status, minMillis, path);
  }
}
