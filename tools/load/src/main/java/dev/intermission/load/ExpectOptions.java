package dev.intermission.load;

import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options for the expected answer. */
final class ExpectOptions {

  @Option(
      names = "--expect-status",
      paramLabel = "STATUS",
      description = "The status that answers must have.")
  private @Nullable Integer status;

  @Option(
      names = "--expect-content-type",
      paramLabel = "TYPE",
      description = "The Content-Type that answers must have, byte for byte.")
  private @Nullable String contentType;

  @Option(
      names = "--expect-body",
      paramLabel = "TEXT",
      description = "The body that answers must have.")
  private @Nullable String body;

  @Option(
      names = "--expect-body-file",
      paramLabel = "FILE",
      description = "A file with the body that answers must have.")
  private @Nullable Path bodyFile;

  boolean isGiven() {
    return status != null || contentType != null || body != null || bodyFile != null;
  }

  /**
   * @throws UsageException if an option is wrong
   */
  ExpectedAnswer answer() {
    if (status != null && (status < 200 || status > 599)) {
      throw new UsageException("--expect-status is " + status + ", allowed are 200 to 599");
    }
    return new ExpectedAnswer(
        status == null ? OptionalInt.empty() : OptionalInt.of(status),
        Optional.ofNullable(contentType),
        Texts.either("--expect-body", body, bodyFile));
  }
}
