package dev.intermission.store;

import dev.intermission.api.ProxyId;
import dev.intermission.api.store.DeploymentStatus;
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
    before.putAll(states(ids));
  }

  /** Returns a trial of each proxy that the operation has changed. */
  List<Trial<Operation.Changed>> of(Operation operation) throws SQLException {
    List<Trial<Operation.Changed>> trials = new ArrayList<>();
    Map<ProxyId, Trial.State> after =
        states(operation.proxies().stream().map(Operation.Changed::id).toList());
    for (Operation.Changed changed : operation.proxies()) {
      Trial.State was = before.get(changed.id());
      Trial.State is = after.get(changed.id());
      if (was == null || is == null) {
        throw new IllegalStateException("The operation changed " + changed.id() + " unlocked");
      }
      trials.add(new Trial<>(changed, was, is));
    }
    return trials;
  }

  private Map<ProxyId, Trial.State> states(Collection<ProxyId> ids) throws SQLException {
    Map<ProxyId, List<DeploymentStatus>> statuses = Statuses.statuses(connection, ids);
    Map<ProxyId, Trial.State> states = new HashMap<>();
    ProxyRow.findAll(connection, ids, "")
        .forEach(
            (id, row) ->
                states.put(id, new Trial.State(row.saved(), statuses.getOrDefault(id, List.of()))));
    return states;
  }
}
