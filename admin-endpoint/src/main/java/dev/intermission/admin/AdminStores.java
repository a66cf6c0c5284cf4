package dev.intermission.admin;

import dev.intermission.api.store.AuditLog;
import dev.intermission.api.store.DeploymentHistory;
import dev.intermission.api.store.OperationStore;
import dev.intermission.api.store.SettingsStore;
import dev.intermission.api.store.TokenStore;
import dev.intermission.api.store.TraceStore;
import org.jspecify.annotations.Nullable;

/**
 * What an {@link AdminServlet} reads and changes, all of it in one store.
 *
 * @param settings the catalog's state, settings and what is in force
 * @param history the records of deployments
 * @param audit what was changed by whom
 * @param tokens the users and their access tokens
 * @param operations changes of many proxies at once
 * @param traces the records of traced requests, or null where none are kept: then the paths of
 *     these calls answer 404
 */
public record AdminStores(
    SettingsStore settings,
    DeploymentHistory history,
    AuditLog audit,
    TokenStore tokens,
    OperationStore operations,
    @Nullable TraceStore traces) {

  /** Keeps no records of traced requests. */
  public AdminStores(
      SettingsStore settings,
      DeploymentHistory history,
      AuditLog audit,
      TokenStore tokens,
      OperationStore operations) {
    this(settings, history, audit, tokens, operations, null);
  }
}
