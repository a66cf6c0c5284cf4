package dev.intermission.api.store;

import dev.intermission.api.MaintenanceSettings;
import dev.intermission.api.ProxyId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A change of many proxies at once, as it was made.
 *
 * @param undoes the id of the operation that this one took back, null if it is none of that kind
 * @param undoneBy the id of the operation that took this one back, null if none did
 * @param proxies ordered by project and name
 */
public record Operation(
    String id,
    Instant time,
    String username,
    String description,
    @Nullable String undoes,
    @Nullable String undoneBy,
    List<Changed> proxies) {

  public Operation {
    proxies = List.copyOf(proxies);
  }

  /**
   * A proxy that was changed.
   *
   * @param before the saved settings before
   * @param settingsVersion the version of the saved settings after
   * @param deployments one for each environment in which it was deployed, by name
   */
  public record Changed(
      ProxyId id,
      MaintenanceSettings before,
      long settingsVersion,
      List<InEnvironment> deployments) {

    public Changed {
      deployments = List.copyOf(deployments);
    }
  }

  /**
   * A deployment that was made.
   *
   * @param before the settings in force before
   * @param environmentVersion the snapshot version that contains it
   */
  public record InEnvironment(
      String environment, MaintenanceSettings before, long revision, long environmentVersion) {}
}
