package dev.intermission.admin.deployment;

import dev.intermission.api.MaintenanceSettings;
import dev.intermission.api.ProxyId;
import dev.intermission.api.Window;
import dev.intermission.api.store.Deployment;
import java.util.Locale;

/** What calls did, in the words of the log. */
public final class ChangeText {

  private ChangeText() {}

  /** Says that settings were saved, and not deployed. */
  public static String saved(ProxyId id, MaintenanceSettings settings) {
    return "saved " + id + " without deploying it (" + state(settings) + ")";
  }

  /** Says what a deployment that came with a change of its settings did to the proxy. */
  public static String closedOrOpened(Deployment made) {
    MaintenanceSettings settings = made.settings();
    if (!settings.enabled()) {
      return String.format(
          Locale.ROOT,
          "opened %s in %s (revision %d)",
          made.proxy(),
          made.environment(),
          made.revision());
    }
    return String.format(
        Locale.ROOT,
        "%s %s in %s (%d%s, revision %d)",
        settings.window().hasStarted(made.time()) ? "closed" : "announced the closure of",
        made.proxy(),
        made.environment(),
        settings.httpStatusCode(),
        window(settings.window()),
        made.revision());
  }

  static String deployed(Deployment made) {
    return String.format(
        Locale.ROOT,
        "deployed %s to %s (%s, revision %d)",
        made.proxy(),
        made.environment(),
        state(made.settings()),
        made.revision());
  }

  static String undeployed(Deployment made) {
    return String.format(
        Locale.ROOT,
        "undeployed %s from %s (revision %d)",
        made.proxy(),
        made.environment(),
        made.revision());
  }

  static String rolledBack(ProxyId id, long revision, MaintenanceSettings settings) {
    return String.format(
        Locale.ROOT,
        "rolled back %s to revision %d without deploying it (%s)",
        id,
        revision,
        state(settings));
  }

  static String rolledBack(Deployment made, long revision) {
    return String.format(
        Locale.ROOT,
        "rolled back %s to revision %d in %s (%s, revision %d)",
        made.proxy(),
        revision,
        made.environment(),
        state(made.settings()),
        made.revision());
  }

  static String deleted(ProxyId id, long revision) {
    return "deleted the history record of revision " + revision + " of " + id;
  }

  private static String state(MaintenanceSettings settings) {
    return settings.enabled()
        ? (settings.window().startsAt() == null ? "closed, " : "to be closed, ")
            + settings.httpStatusCode()
            + window(settings.window())
        : "open";
  }

  private static String window(Window window) {
    return (window.startsAt() == null ? "" : ", from " + window.startsAt())
        + (window.endsAt() == null ? "" : ", until " + window.endsAt())
        + (window.reopenAtEnd() ? " and then open again" : "");
  }
}
