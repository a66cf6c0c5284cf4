package dev.intermission.store;

import dev.intermission.api.MaintenanceSettings;
import dev.intermission.api.ProxyId;
import dev.intermission.api.store.InForce;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What is in force of a proxy in an environment, with all of its settings.
 *
 * @param settingsPending whether other maintenance settings are saved
 * @param tracePending whether other trace settings are saved
 */
record Standing(
    MaintenanceSettings settings, InForce inForce, boolean settingsPending, boolean tracePending) {

  private static final String SELECT =
      """
      SELECT s.project, s.proxy AS name, s.environment, s.revision, s.last_deploy_time,
        s.deploy_username, s.state_since, s.state_username, s.settings, s.settings_digest,
        s.settings_digest <> p.settings_digest AS settings_pending,
      """
          + TraceColumns.PENDING
          + """
           AS trace_pending
      FROM deployment_status s
      JOIN environment e ON e.name = s.environment
      JOIN api_proxy p ON p.project = s.project AND p.name = s.proxy
      WHERE s.project = ? AND s.proxy IN (%s) AND s.deployed AND e.present
      """;

  /** Returns what is in force of these proxies, by environment; what is nowhere is not there. */
  static Map<ProxyId, SortedMap<String, Standing>> of(
      Connection connection, Collection<ProxyId> proxies) throws SQLException {
    Map<ProxyId, SortedMap<String, Standing>> standings = new HashMap<>();
    // What many proxies share is parsed once.
    Map<String, MaintenanceSettings> byDigest = new HashMap<>();
    ProxySets.list(
        connection,
        SELECT,
        proxies,
        row -> {
          String digest = row.getString("settings_digest");
          MaintenanceSettings settings = byDigest.get(digest);
          if (settings == null) {
            settings = SettingsDocument.read(row);
            byDigest.put(digest, settings);
          }
          Standing standing =
              new Standing(
                  settings,
                  Overviews.inForce(
                      row, settings.enabled(), settings.window(), settings.httpStatusCode()),
                  row.getBoolean("settings_pending"),
                  row.getBoolean("trace_pending"));
          return standings
              .computeIfAbsent(CatalogReader.id(row), id -> new TreeMap<>())
              .put(row.getString("environment"), standing);
        });
    return standings;
  }
}
