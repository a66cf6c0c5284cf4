package dev.intermission.admin.trace;

import dev.intermission.api.ProxyId;
import dev.intermission.api.store.Deployment;
import dev.intermission.api.trace.TraceSettings;
import java.util.Locale;

/** What changes of trace settings did, in the words of the log. */
final class TraceText {

  private TraceText() {}

  static String saved(ProxyId id, TraceSettings settings) {
    return "saved the trace settings of "
        + id
        + " without deploying them ("
        + state(settings)
        + ")";
  }

  static String deployed(Deployment made, TraceSettings settings) {
    return String.format(
        Locale.ROOT,
        "deployed %s to %s with its trace settings (%s, revision %d)",
        made.proxy(),
        made.environment(),
        state(settings),
        made.revision());
  }

  private static String state(TraceSettings settings) {
    return settings.enabled() ? "requests are recorded in " + settings.environment() : "off";
  }
}
