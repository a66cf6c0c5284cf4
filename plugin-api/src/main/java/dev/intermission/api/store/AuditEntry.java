package dev.intermission.api.store;

import dev.intermission.api.MaintenanceSettings;
import dev.intermission.api.ProxyId;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Records who changed what; written in the same transaction as the change.
 *
 * @param id counts up; some numbers are left out
 * @param time by the clock of the admin node
 * @param author who asked for it, and from where
 * @param action what was done
 * @param proxy the proxy, or null where it is not about one
 * @param environment the environment, or null where it is not about one
 * @param revision the revision made, or the one rolled back to or deleted; null if there is none
 * @param detail further information for people, may be empty
 * @param before the settings saved before; for deployments, those in force there before; null where
 *     there were none
 * @param after the settings saved or in force since; null where there are none
 * @param operation the id of the operation that it belongs to, null if there is none
 * @param trafficLog the change of the traffic log, null where it is about something else
 * @param trace the change of the trace settings, null where it is about something else
 */
public record AuditEntry(
    long id,
    Instant time,
    Author author,
    AuditAction action,
    @Nullable ProxyId proxy,
    @Nullable String environment,
    @Nullable Long revision,
    String detail,
    @Nullable MaintenanceSettings before,
    @Nullable MaintenanceSettings after,
    @Nullable String operation,
    @Nullable TrafficLogChange trafficLog,
    @Nullable TraceChange trace) {

  /** Makes an entry of no operation, about something else than traffic log and trace. */
  public AuditEntry(
      long id,
      Instant time,
      Author author,
      AuditAction action,
      @Nullable ProxyId proxy,
      @Nullable String environment,
      @Nullable Long revision,
      String detail,
      @Nullable MaintenanceSettings before,
      @Nullable MaintenanceSettings after) {
    this(
        id,
        time,
        author,
        action,
        proxy,
        environment,
        revision,
        detail,
        before,
        after,
        null,
        null,
        null);
  }

  public AuditEntry {
    Objects.requireNonNull(time, "time");
    Objects.requireNonNull(author, "author");
    Objects.requireNonNull(action, "action");
    Objects.requireNonNull(detail, "detail");
  }
}
