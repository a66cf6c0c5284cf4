package dev.intermission.store;

import dev.intermission.api.ProxyId;
import dev.intermission.api.store.Operation;
import dev.intermission.api.store.Trial;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Keeps how the proxies of an operation stand before it, inside the transaction that tries it. */
final class TriedOperation implements Operations.Locked {

  private final Connection connection;
  private final Map<ProxyId, Trial.State> before = new HashMap<>();

  TriedOperation(Connection connection) {
    this.connection = connection;
  }

  @Override
  public void proxies(Collection<ProxyId> ids) throws SQLException {
    for (ProxyId id : ids) {
      before.put(id, state(id));
    }
  }

  /** Returns a trial of each proxy that the operation has changed. */
  List<Trial<Operation.Changed>> of(Operation operation) throws SQLException {
    List<Trial<Operation.Changed>> trials = new ArrayList<>();
    for (Operation.Changed changed : operation.proxies()) {
      Trial.State was = before.get(changed.id());
      if (was == null) {
        throw new IllegalStateException("The operation changed " + changed.id() + " unlocked");
      }
      trials.add(new Trial<>(changed, was, state(changed.id())));
    }
    return trials;
  }

  private Trial.State state(ProxyId id) throws SQLException {
    ProxyRow row = ProxyRow.find(connection, id, "").orElseThrow();
    return new Trial.State(row.saved(), Statuses.status(connection, id));
  }
}
