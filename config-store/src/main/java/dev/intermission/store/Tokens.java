package dev.intermission.store;

import dev.intermission.api.User;
import dev.intermission.api.store.AccessToken;
import dev.intermission.api.store.Author;
import dev.intermission.api.store.TokenStore;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The users, and their access tokens by the hashes of their secrets. */
final class Tokens implements TokenStore {

  private static final String SELECT =
      "SELECT id, username, hash, created, expires, revoked FROM token";

  private final Database database;
  private final Users users;
  private final Clock clock;
  private final Retention retention;

  Tokens(Database database, Clock clock, Retention retention) {
    this.database = database;
    users = new Users(database);
    this.clock = clock;
    this.retention = retention;
  }

  @Override
  public Optional<User> user(String name) {
    return users.user(name);
  }

  @Override
  public void save(AccessToken token, Author author) {
    Change change = Change.by(author, clock);
    database.write(
        "save a token",
        change,
        connection -> {
          if (Users.find(connection, token.username()).isEmpty()) {
            throw new IllegalArgumentException("There is no user '" + token.username() + "'");
          }
          new AuditWriter(connection, change, retention).tokenCreated(token);
          return Sql.update(
              connection,
              """
              INSERT INTO token (id, username, hash, created, expires, revoked)
              VALUES (?, ?, ?, ?, ?, ?)
              ON CONFLICT (id) DO UPDATE SET username = excluded.username, hash = excluded.hash,
                created = excluded.created, expires = excluded.expires, revoked = excluded.revoked
              """,
              token.id(),
              token.username(),
              token.hash(),
              token.created().toEpochMilli(),
              millis(token.expires()),
              millis(token.revoked()));
        });
  }

  @Override
  public Optional<AccessToken> tokenByHash(String hash) {
    return database.read(
        "a token",
        connection -> Sql.first(connection, SELECT + " WHERE hash = ?", Tokens::token, hash));
  }

  @Override
  public List<AccessToken> tokens() {
    return database.read(
        "the tokens",
        connection ->
            List.copyOf(
                Sql.list(connection, SELECT + " ORDER BY created DESC, id", Tokens::token)));
  }

  @Override
  public boolean revoke(String id, Instant time, Author author) {
    Change change = Change.by(author, clock);
    return database.write(
        "revoke a token",
        change,
        connection -> {
          int revoked =
              Sql.update(
                  connection,
                  "UPDATE token SET revoked = ? WHERE id = ? AND revoked IS NULL",
                  time.toEpochMilli(),
                  id);
          if (revoked > 0) {
            new AuditWriter(connection, change, retention).tokenRevoked(id);
          }
          return revoked > 0;
        });
  }

  @Override
  public void removeExpired(Instant before) {
    database.write(
        "remove expired tokens",
        connection ->
            Sql.update(connection, "DELETE FROM token WHERE expires < ?", before.toEpochMilli()));
  }

  private static AccessToken token(ResultSet row) throws SQLException {
    return new AccessToken(
        row.getString("id"),
        row.getString("username"),
        row.getString("hash"),
        Instant.ofEpochMilli(row.getLong("created")),
        instant(row, "expires"),
        instant(row, "revoked"));
  }

  private static @Nullable Long millis(@Nullable Instant time) {
    return time == null ? null : time.toEpochMilli();
  }

  private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
    long millis = row.getLong(column);
    return row.wasNull() ? null : Instant.ofEpochMilli(millis);
  }
}
