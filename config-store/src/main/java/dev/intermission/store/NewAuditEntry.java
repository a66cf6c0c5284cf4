package dev.intermission.store;

import dev.intermission.api.MaintenanceSettings;
import dev.intermission.api.ProxyId;
import dev.intermission.api.store.AuditAction;
import dev.intermission.api.store.Deployment;
import dev.intermission.api.store.TraceChange;
import dev.intermission.api.store.TrafficLogChange;
import org.jspecify.annotations.Nullable;

/**
 * What an entry of the audit log is to say.
 *
 * @param before the settings that it shows as those before, or null
 * @param after the settings that it shows as those after, or null
 * @param trafficLog the change of a traffic log that it is about, or null
 * @param trace the change of trace settings that it is about, or null
 */
record NewAuditEntry(
    AuditAction action,
    @Nullable ProxyId proxy,
    @Nullable String environment,
    @Nullable Long revision,
    String detail,
    @Nullable MaintenanceSettings before,
    @Nullable MaintenanceSettings after,
    @Nullable TrafficLogChange trafficLog,
    @Nullable TraceChange trace) {

  /** Makes one that is about neither a traffic log nor a trace. */
  NewAuditEntry(
      AuditAction action,
      @Nullable ProxyId proxy,
      @Nullable String environment,
      @Nullable Long revision,
      String detail,
      @Nullable MaintenanceSettings before,
      @Nullable MaintenanceSettings after) {
    this(action, proxy, environment, revision, detail, before, after, null, null);
  }

  static NewAuditEntry settingsChanged(
      ProxyId id, MaintenanceSettings before, MaintenanceSettings after) {
    return new NewAuditEntry(AuditAction.SETTINGS_CHANGED, id, null, null, "", before, after);
  }

  static NewAuditEntry deployed(Deployment deployment, @Nullable MaintenanceSettings before) {
    return of(AuditAction.DEPLOYED, deployment, before, deployment.settings());
  }

  static NewAuditEntry of(
      AuditAction action,
      Deployment deployment,
      @Nullable MaintenanceSettings before,
      @Nullable MaintenanceSettings after) {
    return new NewAuditEntry(
        action,
        deployment.proxy(),
        deployment.environment(),
        deployment.revision(),
        deployment.description(),
        before,
        after);
  }
}
