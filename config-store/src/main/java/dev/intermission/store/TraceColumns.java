package dev.intermission.store;

import dev.intermission.api.TraceWindow;
import dev.intermission.api.trace.TraceSettings;
import dev.intermission.json.TraceSettingsJson;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;

/**
 * The columns about traces, and what is compared of them. The aliases in the SQL are those of
 * {@code api_proxy p}, {@code environment e} and {@code deployment_status s}.
 */
final class TraceColumns {

  /** What a deployment of what is saved would put in force; null for nothing. */
  static final String SAVED = "CASE WHEN p.trace_environment = e.name THEN p.trace END";

  /** The number that counts what was asked for, of what {@link #SAVED} puts in force. */
  static final String ASKED =
      "CASE WHEN p.trace_environment = e.name THEN p.trace_asked ELSE 0 END";

  /** Whether a deployment of what is saved would change anything. */
  static final String PENDING =
      "(COALESCE("
          + SAVED
          + ", '') <> COALESCE(s.trace, '')"
          + " OR COALESCE(p.trace_environment = e.name AND p.trace_asked <> s.trace_asked, FALSE))";

  /** Whether a proxy is deployed, and anything saved is not. */
  static final String REDEPLOY_REQUIRED =
      "COALESCE(s.deployed AND (s.settings_digest <> p.settings_digest OR " + PENDING + "), FALSE)";

  private TraceColumns() {}

  /** Returns the settings of a stored document. */
  static TraceSettings settings(String json) {
    try {
      return TraceSettingsJson.read(json);
    } catch (IllegalArgumentException e) {
      throw new IllegalStateException("Stored trace settings can't be read: " + e.getMessage(), e);
    }
  }

  /** Returns the window of a row in which {@code trace} is not null. */
  static TraceWindow window(ResultSet row) throws SQLException {
    return settings(row.getString("trace"))
        .window(Instant.ofEpochMilli(row.getLong("trace_since")));
  }
}
