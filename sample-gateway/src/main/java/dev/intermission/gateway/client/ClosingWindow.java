package dev.intermission.gateway.client;

import static java.time.format.DateTimeFormatter.ISO_OFFSET_DATE_TIME;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.intermission.gateway.client.output.CommandFailure;
import dev.intermission.gateway.client.output.Exit;
import dev.intermission.gateway.client.time.MomentText;
import dev.intermission.gateway.config.DurationText;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** From when until when an API is closed. */
final class ClosingWindow {

  @Option(
      names = "--for",
      paramLabel = "TIME",
      description = "For so long, such as 30m, 2h or 1d; then it opens by itself.")
  @Nullable String length;

  @Option(
      names = "--until",
      paramLabel = "WHEN",
      description =
          "Clients are told to come back then; it stays closed until it is opened. 18:00, '2026-07-01 18:00', or with a zone: '18:00 Europe/Istanbul'.")
  @Nullable String until;

  @Option(names = "--at", paramLabel = "WHEN", description = "Closes then, and not at once.")
  @Nullable String at;

  /** Tells whether it begins at once. */
  boolean isNow() {
    return at == null;
  }

  /**
   * Adds what was given to settings.
   *
   * @throws CommandFailure if a time is not understood
   */
  void addTo(ObjectNode settings, Instant now, ZoneId zone) {
    if (length != null && until != null) {
      throw new CommandFailure(Exit.USAGE, "--for and --until exclude each other");
    }
    OffsetDateTime start =
        at == null
            ? now.truncatedTo(ChronoUnit.SECONDS).atZone(zone).toOffsetDateTime()
            : moment("--at", at, now, zone);
    if (at != null && !start.toInstant().isAfter(now)) {
      throw new CommandFailure(Exit.USAGE, "--at: " + start + " has passed");
    }
    if (at != null) {
      settings.put("startsAt", ISO_OFFSET_DATE_TIME.format(start));
    }
    if (length != null) {
      settings.put("endsAt", ISO_OFFSET_DATE_TIME.format(start.plus(duration("--for", length))));
      settings.put("reopenAtEnd", true);
    }
    if (until != null) {
      OffsetDateTime end = moment("--until", until, start.toInstant(), zone);
      if (!end.isAfter(start)) {
        throw new CommandFailure(
            Exit.USAGE,
            "--until: " + end + (at == null ? " has passed" : " is not after " + start));
      }
      settings.put("endsAt", ISO_OFFSET_DATE_TIME.format(end));
      settings.put("reopenAtEnd", false);
    }
  }

  private static OffsetDateTime moment(String option, String text, Instant now, ZoneId zone) {
    try {
      return MomentText.parse(text, now, zone);
    } catch (IllegalArgumentException e) {
      throw new CommandFailure(Exit.USAGE, option + ": " + e.getMessage(), e);
    }
  }

  /**
   * Returns the duration that was given for an option.
   *
   * @throws CommandFailure if it is none
   */
  static Duration duration(String option, String text) {
    try {
      return DurationText.parse(text);
    } catch (IllegalArgumentException e) {
      throw new CommandFailure(Exit.USAGE, option + ": " + e.getMessage(), e);
    }
  }
}
