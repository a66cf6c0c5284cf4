package dev.intermission.admin;

import dev.intermission.api.store.AuditLog;
import dev.intermission.api.store.DeploymentHistory;
import dev.intermission.api.store.OperationStore;
import dev.intermission.api.store.SettingsStore;
import dev.intermission.api.store.TokenStore;

/**
 * What an {@link AdminServlet} reads and changes, all of it in one store.
 *
 * @param settings the catalog's state, settings and what is in force
 * @param history the records of deployments
 * @param audit what was changed by whom
 * @param tokens the users and their access tokens
 * @param operations changes of many proxies at once
 */
public record AdminStores(
    SettingsStore settings,
    DeploymentHistory history,
    AuditLog audit,
    TokenStore tokens,
    OperationStore operations) {}
