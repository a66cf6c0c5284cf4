package dev.intermission.api.store;

import dev.intermission.api.trace.TraceSettings;
import java.util.Objects;

/**
 * The saved trace settings of a proxy.
 *
 * @param settings the settings; the default where nothing is saved
 * @param version counts up with each change, and each time that recording is asked for again; 0
 *     where nothing is saved
 */
public record SavedTrace(TraceSettings settings, long version) {

  /** Where nothing is saved. */
  public static final SavedTrace NONE = new SavedTrace(TraceSettings.DEFAULT, 0);

  public SavedTrace {
    Objects.requireNonNull(settings, "settings");
  }
}
