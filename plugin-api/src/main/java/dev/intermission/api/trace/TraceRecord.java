package dev.intermission.api.trace;

import java.util.Objects;

/**
 * A record of one request.
 *
 * @param line what a list tells of it
 * @param document all of it, in the JSON form of contract section 12; it has everything of the line
 *     too, but for the names of the environment and the gateway
 */
public record TraceRecord(TraceLine line, String document) {

  public TraceRecord {
    Objects.requireNonNull(line, "line");
    Objects.requireNonNull(document, "document");
  }

  /** Leaves out what was recorded. */
  @Override
  public String toString() {
    return "TraceRecord[" + line.id() + " of " + line.proxy() + "]";
  }
}
