package dev.intermission.store;

import dev.intermission.api.ProxyId;
import dev.intermission.api.store.Trial;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * Takes back what the one change does that is made with it, and keeps how the proxy would stand.
 */
final class TriedTransaction implements Transactions {

  private final Database database;
  private final ProxyId id;
  private final List<Trial.State> states = new ArrayList<>();

  TriedTransaction(Database database, ProxyId id) {
    this.database = database;
    this.id = id;
  }

  @Override
  public <T> T write(String what, Change change, Database.Work<T> work) {
    return database.takeBack(
        what,
        connection -> {
          states.clear();
          states.add(state(connection));
          T result = work.on(connection);
          states.add(state(connection));
          return result;
        });
  }

  private Trial.State state(Connection connection) throws SQLException {
    ProxyRow proxy = ProxyRow.lock(connection, id, database.rowLock());
    return new Trial.State(proxy.saved(), Statuses.status(connection, id));
  }

  /**
   * Returns the trial of the change that was made.
   *
   * @throws IllegalStateException if there was none
   */
  <T> Trial<T> of(T outcome) {
    if (states.size() != 2) {
      throw new IllegalStateException("The work made no change of " + id);
    }
    return new Trial<>(outcome, states.get(0), states.get(1));
  }
}
