package dev.intermission.admin.trace;

import dev.intermission.api.Moment;
import dev.intermission.api.TraceWindow;
import dev.intermission.api.store.ProxyTrace;
import dev.intermission.api.trace.TraceSettings;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Trace settings as a GET answers them. */
record TraceSettingsLine(
    boolean enableTraceLog,
    @Nullable String startTime,
    @Nullable String stopTime,
    @Nullable String environmentName,
    boolean redeployRequired,
    List<InForce> inForce) {

  /** A window that is deployed. */
  record InForce(String environmentName, String startTime, String stopTime, boolean active) {

    static InForce of(String environment, TraceWindow window, Instant now) {
      return new InForce(
          environment, window.from().toString(), window.until().toString(), window.isActiveAt(now));
    }
  }

  static TraceSettingsLine of(ProxyTrace trace, boolean redeployRequired, Instant now) {
    TraceSettings settings = trace.saved().settings();
    return new TraceSettingsLine(
        settings.enabled(),
        text(settings.start()),
        text(settings.stop()),
        settings.environment(),
        redeployRequired,
        trace.inForce().entrySet().stream()
            .map(at -> InForce.of(at.getKey(), at.getValue(), now))
            .toList());
  }

  private static @Nullable String text(@Nullable Moment time) {
    return time == null ? null : time.value();
  }
}
