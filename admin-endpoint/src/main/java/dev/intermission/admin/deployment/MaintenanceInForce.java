package dev.intermission.admin.deployment;

import dev.intermission.api.MaintenanceSettings;
import dev.intermission.api.Moment;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The maintenance of a proxy in an environment, in the form of an answer (contract section 4).
 *
 * @param closed whether clients get the maintenance answer now, by the clock of this admin node
 */
public record MaintenanceInForce(
    boolean closed,
    boolean enabled,
    @Nullable String startsAt,
    @Nullable String endsAt,
    boolean reopenAtEnd,
    int httpStatusCode) {

  /** Returns that of the settings that are in force, or null if there are none. */
  public static @Nullable MaintenanceInForce of(
      @Nullable MaintenanceSettings settings, Instant now) {
    return settings == null
        ? null
        : new MaintenanceInForce(
            settings.isClosedAt(now),
            settings.enabled(),
            text(settings.window().startsAt()),
            text(settings.window().endsAt()),
            settings.window().reopenAtEnd(),
            settings.httpStatusCode());
  }

  private static @Nullable String text(@Nullable Moment moment) {
    return moment == null ? null : moment.value();
  }
}
