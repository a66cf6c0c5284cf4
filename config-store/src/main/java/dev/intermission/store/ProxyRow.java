package dev.intermission.store;

import dev.intermission.api.ProxyId;
import dev.intermission.api.store.SavedSettings;
import dev.intermission.api.store.UnknownProxyException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The columns of a proxy's row that change while the gateway runs. */
record ProxyRow(SavedSettings saved, long lastRevision) {

  /** Rows are locked in the order in which they are returned. */
  private static final String SELECT_ALL =
      """
      SELECT project, name, settings, settings_version, last_revision FROM api_proxy
      WHERE project = ? AND name IN (%s) AND present ORDER BY name""";

  private static final String SELECT =
      "SELECT settings, settings_version, last_revision FROM api_proxy WHERE project = ? AND name = ? AND present";

  static Optional<ProxyRow> find(Connection connection, ProxyId id) throws SQLException {
    return find(connection, id, "");
  }

  /**
   * Locks the proxy against changes by other transactions until this one ends.
   *
   * @throws UnknownProxyException if there is no such proxy
   */
  static ProxyRow lock(Connection connection, ProxyId id, String rowLock) throws SQLException {
    return find(connection, id, rowLock).orElseThrow(() -> new UnknownProxyException(id));
  }

  /** Returns the proxy if there is one, and locks it like {@link #lock}. */
  static Optional<ProxyRow> find(Connection connection, ProxyId id, String rowLock)
      throws SQLException {
    return Sql.first(connection, SELECT + rowLock, ProxyRow::read, id.project(), id.name());
  }

  /** Returns those of these proxies that there are, and locks them in the order of their names. */
  static Map<ProxyId, ProxyRow> findAll(
      Connection connection, Collection<ProxyId> proxies, String rowLock) throws SQLException {
    Map<ProxyId, ProxyRow> rows = new HashMap<>();
    ProxySets.list(
        connection,
        SELECT_ALL + rowLock,
        proxies,
        row -> rows.put(CatalogReader.id(row), read(row)));
    return rows;
  }

  private static ProxyRow read(ResultSet row) throws SQLException {
    return new ProxyRow(
        new SavedSettings(SettingsDocument.read(row), row.getLong("settings_version")),
        row.getLong("last_revision"));
  }
}
