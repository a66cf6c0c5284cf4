package dev.intermission.bench.compare;

import dev.intermission.api.trafficlog.LogPart;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** How much the traffic log of a gateway tells of each request. */
enum LogDepth {
  /** Nothing. */
  OFF,
  /** A line without any part of a message. */
  LINE,
  /** Parameters and header fields of all four messages. */
  FIELDS,
  /** Bodies, too, up to 1 KiB each. */
  BODIES;

  private static final String BOUND = "1024";

  /** Returns what it is called in names of contenders. */
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Returns the value of {@code traffic.accessLog}. */
  String accessLog() {
    return this == LINE ? "file" : "off";
  }

  /** Returns whether the API needs log settings for it. */
  boolean hasSettings() {
    return this == FIELDS || this == BODIES;
  }

  /** Returns the body of the call that saves these settings. */
  String settings() {
    String parts =
        Arrays.stream(LogPart.values())
            .map(part -> "\"" + part.field() + "\":" + (this == BODIES || part.byDefault()))
            .collect(Collectors.joining(","));
    String sizes =
        Arrays.stream(LogPart.values())
            .filter(part -> part.kind() == LogPart.Kind.BODY)
            .map(
                part ->
                    "\""
                        + part.region().enableSizeField()
                        + "\":true,\""
                        + part.region().sizeField()
                        + "\":"
                        + BOUND)
            .collect(Collectors.joining(","));
    return "{" + parts + ",\"connectorSettingsMap\":{\"file\":{\"enabled\":true," + sizes + "}}}";
  }
}
