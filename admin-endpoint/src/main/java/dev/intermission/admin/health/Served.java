package dev.intermission.admin.health;

import dev.intermission.api.MaintenanceSettings;
import org.jspecify.annotations.Nullable;

/**
 * What a gateway serves of one proxy.
 *
 * @param deployed whether it serves the proxy, null if that can't be known any more
 * @param revision the deployment that it serves, null if there is none or it is not known
 * @param settings the settings of that deployment
 */
record Served(
    @Nullable Boolean deployed, @Nullable Long revision, @Nullable MaintenanceSettings settings) {

  static final Served UNKNOWN = new Served(null, null, null);
  static final Served NOTHING = new Served(false, null, null);
}
