package dev.intermission.gateway.client;

import dev.intermission.gateway.client.output.CommandFailure;
import dev.intermission.gateway.client.output.Exit;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Which API proxies a change is for, and how it is made. */
final class TargetOptions {

  @Parameters(
      paramLabel = "API",
      description =
          "An API as PROJECT/NAME, or as NAME where that is clear. Several are changed in one operation.")
  List<String> names = List.of();

  @Option(
      names = "--category",
      paramLabel = "NAME",
      description = "All APIs of this category, in one operation.")
  @Nullable String category;

  @Option(
      names = "--environment",
      split = ",",
      paramLabel = "NAME",
      description = "Where; without it, wherever an API is deployed. Can be given several times.")
  List<String> environments = List.of();

  @Option(
      names = "--reason",
      paramLabel = "TEXT",
      description = "Why; the history and the audit show it.")
  @Nullable String reason;

  @Option(
      names = "--dry-run",
      description = "Shows what would change and what clients would get; changes nothing.")
  boolean dryRun;

  @Option(names = "--yes", description = "Does not ask, although it is about more than one API.")
  boolean yes;

  void check() {
    if (names.isEmpty() == (category == null)) {
      throw new CommandFailure(
          Exit.USAGE, "Name one or more APIs, or give a --category, and not both");
    }
  }

  Set<String> environments() {
    return new TreeSet<>(environments);
  }
}
