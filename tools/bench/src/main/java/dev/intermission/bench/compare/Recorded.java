package dev.intermission.bench.compare;

import dev.intermission.api.trafficlog.LogPart;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** What a gateway records of requests, in its traffic log or in a trace. */
enum Recorded {
  /** Nothing. */
  NOTHING,
  /** A line in the log without any part of a message. */
  LINE,
  /** Parameters and header fields of all four messages, in the log. */
  FIELDS,
  /** Bodies, too, up to 1 KiB each. */
  BODIES,
  /** A trace is deployed whose window is over. */
  TRACE_OVER,
  /** Another API is traced. */
  TRACE_ELSEWHERE,
  /** The API is traced: 20 requests a second are recorded, and the others counted. */
  TRACE;

  private static final String BOUND = "1024";
  private static final Duration MARGIN = Duration.ofHours(1);

  /** Returns what it is called in names of contenders. */
  String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Returns whether it needs a connection of the traffic log. */
  boolean isLogged() {
    return this == LINE || this == FIELDS || this == BODIES;
  }

  /** Returns the value of {@code traffic.accessLog}. */
  String accessLog() {
    return this == LINE ? "file" : "off";
  }

  /**
   * Asks a gateway for it, if it is not in its configuration.
   *
   * @param proxy the proxy that is measured
   * @param other another one of the same project
   */
  void ask(SettingsCall gateway, String proxy, String other) {
    switch (this) {
      case NOTHING, LINE -> {}
      case FIELDS, BODIES ->
          gateway.send("PUT", proxy, "trafficLogSettings/production/", logSettings());
      case TRACE_OVER -> gateway.send("PATCH", proxy, "settings/trace/", trace(MARGIN.negated()));
      case TRACE -> gateway.send("PATCH", proxy, "settings/trace/", trace(MARGIN));
      case TRACE_ELSEWHERE -> gateway.send("PATCH", other, "settings/trace/", trace(MARGIN));
    }
  }

  /** Returns trace settings whose window ends in this time. */
  private static String trace(Duration until) {
    Instant stop = Instant.now().plus(until);
    return "{\"enableTraceLog\":true,\"environmentName\":\"production\",\"startTime\":\""
        + stop.minus(MARGIN.multipliedBy(2))
        + "\",\"stopTime\":\""
        + stop
        + "\",\"deploy\":true,\"deployTargetEnvironmentNameList\":[\"production\"]}";
  }

  private String logSettings() {
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
