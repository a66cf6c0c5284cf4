package dev.intermission.admin;

import dev.intermission.api.AuditLog;
import dev.intermission.api.DeploymentHistory;
import dev.intermission.api.SettingsStore;
import dev.intermission.api.TokenStore;

/**
 * What an {@link AdminServlet} reads and changes, all of it in one store.
 *
 * @param settings the catalog's state, settings and what is in force
 * @param history the records of deployments
 * @param audit what was changed by whom
 * @param tokens the users and their access tokens
 */
public record AdminStores(
    SettingsStore settings, DeploymentHistory history, AuditLog audit, TokenStore tokens) {}
