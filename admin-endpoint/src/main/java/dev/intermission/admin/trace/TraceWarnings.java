package dev.intermission.admin.trace;

import dev.intermission.admin.http.Warning;
import dev.intermission.api.TraceWindow;
import dev.intermission.api.store.Deployment;
import dev.intermission.api.store.SettingsStore.TraceUpdate;
import dev.intermission.api.trace.TraceSettings;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What is seldom meant in a change of trace settings (contract section 12). */
final class TraceWarnings {

  private TraceWarnings() {}

  /**
   * Returns the warnings about a change that was made.
   *
   * @param enables whether it has switched recording on
   */
  static List<Warning> of(TraceUpdate update, boolean enables, Instant now) {
    List<Warning> warnings = new ArrayList<>();
    TraceSettings settings = update.trace().saved().settings();
    String environment = settings.environment();
    if (!settings.enabled() || environment == null) {
      return warnings;
    }
    boolean isDeployed =
        update.deployments().stream().map(Deployment::environment).anyMatch(environment::equals);
    TraceWindow window = update.trace().window(now);
    if (window.hasEnded(now)) {
      warnings.add(
          new Warning(
              "TRACE_ENDED",
              "The window ended at "
                  + window.until()
                  + ", so nothing is recorded; "
                  + another(settings)
                  + " begins another one with a deployment."));
    }
    if (enables && !isDeployed) {
      warnings.add(
          new Warning(
              "TRACE_NOT_DEPLOYED",
              "Recording is switched on, and is not deployed in "
                  + environment
                  + " by this call; it begins with the next deployment there."));
    }
    return warnings;
  }

  /** Returns what helps: a saved time can't be made absent again. */
  private static String another(TraceSettings settings) {
    String beginning = settings.start() == null ? "enableTraceLog once more" : "a later startTime";
    return settings.stop() == null ? beginning : beginning + ", with a later stopTime,";
  }
}
