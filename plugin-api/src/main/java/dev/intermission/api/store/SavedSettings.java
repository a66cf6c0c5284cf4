package dev.intermission.api.store;

import dev.intermission.api.MaintenanceSettings;
import java.util.Objects;

/**
 * The settings an operator saved for a proxy.
 *
 * @param settings the settings; {@link MaintenanceSettings#DEFAULT} for a proxy never configured
 * @param version counts up with each change of the values; the source of the ETag
 */
public record SavedSettings(MaintenanceSettings settings, long version) {

  public SavedSettings {
    Objects.requireNonNull(settings, "settings");
  }
}
