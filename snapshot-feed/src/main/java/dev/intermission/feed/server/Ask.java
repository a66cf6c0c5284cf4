package dev.intermission.feed.server;

import dev.intermission.feed.FeedProtocol;
import dev.intermission.json.JsonForm;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A node's question for what comes after a version, as {@link FeedProtocol} says it.
 *
 * @param longest how long the node waits for it
 * @param format the newest format of settings that the node reads
 * @param time the node's clock, null if it does not tell it
 * @param run tells the node's process from earlier ones, null if it does not tell it
 */
record Ask(
    String environment,
    String node,
    long after,
    Duration longest,
    int format,
    @Nullable Instant time,
    @Nullable String run) {

  /** Reads a request; null if it is no such question. */
  static @Nullable Ask of(HttpServletRequest request) {
    String environment = request.getParameter(FeedProtocol.ENVIRONMENT);
    String node = node(request);
    if (environment == null || node == null) {
      return null;
    }
    try {
      long after = Long.parseLong(String.valueOf(request.getParameter(FeedProtocol.AFTER)));
      long wait = Long.parseLong(String.valueOf(request.getParameter(FeedProtocol.WAIT)));
      int format =
          Integer.parseInt(
              Objects.requireNonNullElse(
                  request.getHeader(FeedProtocol.FORMAT), String.valueOf(JsonForm.FIRST_FORMAT)));
      String time = request.getHeader(FeedProtocol.TIME);
      long millis = time == null ? 0 : Long.parseLong(time);
      if (after < 0 || wait < 0 || format < JsonForm.FIRST_FORMAT || millis < 0) {
        return null;
      }
      return new Ask(
          environment,
          node,
          after,
          Duration.ofMillis(Math.min(FeedProtocol.LONGEST_WAIT.toMillis(), wait)),
          format,
          time == null ? null : Instant.ofEpochMilli(millis),
          run(request));
    } catch (NumberFormatException e) {
      return null;
    }
  }

  /** Returns what tells the process that sent a request from earlier ones, or null. */
  static @Nullable String run(HttpServletRequest request) {
    String run = request.getHeader(FeedProtocol.RUN);
    return run != null && FeedProtocol.isRun(run) ? run : null;
  }

  /** Returns the name of the node that sent a request, or null if it has none. */
  static @Nullable String node(HttpServletRequest request) {
    String node = request.getHeader(FeedProtocol.NODE);
    return node != null && FeedProtocol.isNodeName(node) ? node : null;
  }
}
