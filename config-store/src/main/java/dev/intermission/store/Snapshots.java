package dev.intermission.store;

import dev.intermission.api.AdmissionSalt;
import dev.intermission.api.DeployedProxy;
import dev.intermission.api.MaintenanceSettings;
import dev.intermission.api.ProxyId;
import dev.intermission.api.ProxyParts;
import dev.intermission.api.SnapshotDelta;
import dev.intermission.api.trafficlog.HashSalt;
import dev.intermission.api.trafficlog.PrivacyOperation;
import dev.intermission.api.trafficlog.TrafficLogSettings;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads what each environment serves, and since which version. */
final class Snapshots {

  private static final Logger LOG = LoggerFactory.getLogger(Snapshots.class);

  private static final String EVERYTHING =
      """
      SELECT p.project, p.name, p.definition, p.parts, s.revision, s.settings, TRUE AS served,
        t.settings AS traffic_log, s.trace, s.trace_since
      FROM deployment_status s
      JOIN api_proxy p ON p.project = s.project AND p.name = s.proxy
      LEFT JOIN traffic_log t
        ON t.project = s.project AND t.proxy = s.proxy AND t.environment = s.environment
      WHERE s.environment = ? AND s.deployed AND p.present
      """;

  private static final String CHANGES =
      """
      SELECT p.project, p.name, p.definition, p.parts, s.revision, s.settings, s.deployed AND p.present AS served,
        t.settings AS traffic_log, s.trace, s.trace_since
      FROM deployment_status s
      JOIN api_proxy p ON p.project = s.project AND p.name = s.proxy
      LEFT JOIN traffic_log t
        ON t.project = s.project AND t.proxy = s.proxy AND t.environment = s.environment
      WHERE s.environment = ? AND s.environment_version > ?
      """;

  private static final String HASH_SALT =
      "SELECT value FROM secret WHERE name = 'traffic_log_salt'";

  private static final String SALT = "SELECT value FROM secret WHERE name = 'admission_salt'";

  private final Database database;

  Snapshots(Database database) {
    this.database = database;
  }

  long version(String environment) {
    return database.read(
        "the version of an environment", connection -> version(connection, environment));
  }

  SnapshotDelta changesSince(String environment, long version) {
    return database.read(
        "the changes of " + environment,
        connection -> {
          long newest = version(connection, environment);
          Changes changes = new Changes(connection);
          if (newest == 0) {
            return changes.delta(environment, 0, 0);
          }
          if (version == 0 || version > newest) {
            Sql.list(connection, EVERYTHING, changes::add, environment);
            return changes.delta(environment, 0, newest);
          }
          Sql.list(connection, CHANGES, changes::add, environment, version);
          return changes.delta(environment, version, newest);
        });
  }

  AdmissionSalt salt() {
    return database.read("the salt of admission", Snapshots::salt);
  }

  private static AdmissionSalt salt(Connection connection) throws SQLException {
    return Sql.only(connection, SALT, row -> AdmissionSalt.parse(row.getString(1)));
  }

  private static long version(Connection connection, String environment) throws SQLException {
    return Sql.first(
            connection,
            "SELECT version FROM environment WHERE name = ? AND present",
            row -> row.getLong(1),
            environment)
        .orElse(0L);
  }

  /** Separates rows into what is served and what is no longer served. */
  private static final class Changes {

    private final Connection connection;
    private @Nullable AdmissionSalt salt;
    private @Nullable HashSalt hashSalt;
    private final List<DeployedProxy> deployed = new ArrayList<>();
    private final List<ProxyId> undeployed = new ArrayList<>();

    Changes(Connection connection) {
      this.connection = connection;
    }

    boolean add(ResultSet row) throws SQLException {
      if (!row.getBoolean("served")) {
        return undeployed.add(CatalogReader.id(row));
      }
      MaintenanceSettings settings = SettingsDocument.read(row);
      ProxyParts parts = withTrafficLog(PartsDocument.read(row), row.getString("traffic_log"));
      if (row.getString("trace") != null) {
        parts = withTrace(parts, row);
      }
      return deployed.add(
          new DeployedProxy(
              CatalogReader.proxy(row),
              row.getLong("revision"),
              settings,
              settings.exemptions().admitPercent() > 0 ? parts.withAdmissionSalt(salt()) : parts));
    }

    private ProxyParts withTrafficLog(ProxyParts parts, @Nullable String json) throws SQLException {
      if (json == null) {
        return parts;
      }
      TrafficLogSettings log;
      try {
        log = TrafficLogTable.settings(json);
      } catch (IllegalStateException e) {
        // What is closed must get to the gateways all the same.
        LOG.warn("The traffic of an API proxy is not logged: {}", e.getMessage());
        return parts;
      }
      boolean hashes =
          log.privacyDefinitions().anyMatch(it -> it.operation() == PrivacyOperation.HASH);
      return parts.withTrafficLog(log, hashes ? hashSalt() : null);
    }

    private static ProxyParts withTrace(ProxyParts parts, ResultSet row) throws SQLException {
      try {
        return parts.withTrace(TraceColumns.window(row));
      } catch (IllegalStateException e) {
        LOG.warn("The requests of an API proxy are not recorded: {}", e.getMessage());
        return parts;
      }
    }

    private HashSalt hashSalt() throws SQLException {
      if (hashSalt == null) {
        hashSalt = Sql.only(connection, HASH_SALT, row -> new HashSalt(row.getString(1)));
      }
      return hashSalt;
    }

    private AdmissionSalt salt() throws SQLException {
      if (salt == null) {
        salt = Snapshots.salt(connection);
      }
      return salt;
    }

    SnapshotDelta delta(String environment, long from, long version) {
      return new SnapshotDelta(environment, from, version, deployed, undeployed);
    }
  }
}
