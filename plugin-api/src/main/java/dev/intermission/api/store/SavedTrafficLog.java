package dev.intermission.api.store;

import dev.intermission.api.trafficlog.TrafficLogSettings;
import java.util.Objects;

/**
 * The saved settings of a proxy's traffic log in one environment.
 *
 * @param settings the settings; the default where nothing is saved
 * @param version counts up with each change; 0 where nothing is saved
 */
public record SavedTrafficLog(TrafficLogSettings settings, long version) {

  /** Where nothing is saved. */
  public static final SavedTrafficLog NONE = new SavedTrafficLog(TrafficLogSettings.DEFAULT, 0);

  public SavedTrafficLog {
    Objects.requireNonNull(settings, "settings");
  }

  /** Returns whether anything is saved. */
  public boolean exists() {
    return version > 0;
  }
}
