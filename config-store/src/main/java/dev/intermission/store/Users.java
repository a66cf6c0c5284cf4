package dev.intermission.store;

import static dev.intermission.store.Sql.row;

import dev.intermission.api.Right;
import dev.intermission.api.User;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The users of the admin endpoint and their rights. */
final class Users {

  private final Database database;

  Users(Database database) {
    this.database = database;
  }

  Optional<User> user(String name) {
    return database.read("a user", connection -> find(connection, name));
  }

  static Optional<User> find(Connection connection, String name) throws SQLException {
    Map<String, Set<Right>> rights = new HashMap<>();
    Sql.list(
        connection,
        "SELECT project, right_name FROM user_right WHERE username = ?",
        row ->
            rights
                .computeIfAbsent(row.getString("project"), p -> EnumSet.noneOf(Right.class))
                .add(Right.valueOf(row.getString("right_name"))),
        name);
    List<String> followed =
        Sql.list(
            connection,
            "SELECT environment FROM user_environment WHERE username = ?",
            row -> row.getString(1),
            name);
    return Sql.first(
        connection,
        "SELECT system_administrator, password_hash FROM user_account WHERE name = ?",
        row ->
            new User(
                name,
                row.getBoolean("system_administrator"),
                rights,
                row.getString("password_hash"),
                Set.copyOf(followed)),
        name);
  }

  /** Replaces all users by these. */
  static void replace(Connection connection, Set<User> users) throws SQLException {
    Sql.update(connection, "DELETE FROM user_account");
    Sql.batch(
        connection,
        "INSERT INTO user_account (name, system_administrator, password_hash) VALUES (?, ?, ?)",
        users,
        user -> row(user.name(), user.systemAdministrator(), user.passwordHash()));
    record Held(String username, String project, Right right) {}
    List<Held> held = new ArrayList<>();
    for (User user : users) {
      user.rights()
          .forEach(
              (project, rights) ->
                  rights.forEach(r -> held.add(new Held(user.name(), project, r))));
    }
    Sql.batch(
        connection,
        "INSERT INTO user_right (username, project, right_name) VALUES (?, ?, ?)",
        held,
        h -> row(h.username(), h.project(), h.right().name()));
    record Follower(String username, String environment) {}
    List<Follower> followers = new ArrayList<>();
    users.forEach(
        user -> user.followed().forEach(e -> followers.add(new Follower(user.name(), e))));
    Sql.batch(
        connection,
        "INSERT INTO user_environment (username, environment) VALUES (?, ?)",
        followers,
        f -> row(f.username(), f.environment()));
  }
}
