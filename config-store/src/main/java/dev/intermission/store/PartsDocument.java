package dev.intermission.store;

import dev.intermission.api.ProxyParts;
import dev.intermission.json.PartsJson;
import java.sql.ResultSet;
import java.sql.SQLException;

/** The parts of a proxy as they are stored: a JSON document in the column parts. */
final class PartsDocument {

  private PartsDocument() {}

  /** Reads the column parts. */
  static ProxyParts read(ResultSet row) throws SQLException {
    try {
      return PartsJson.read(row.getString("parts"));
    } catch (IllegalArgumentException e) {
      throw new IllegalStateException("Stored parts can't be read: " + e.getMessage(), e);
    }
  }
}
