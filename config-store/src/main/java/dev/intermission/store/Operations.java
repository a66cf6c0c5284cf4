package dev.intermission.store;

import dev.intermission.api.ApiProxy;
import dev.intermission.api.ProxyId;
import dev.intermission.api.store.Author;
import dev.intermission.api.store.Operation;
import dev.intermission.api.store.OperationRequest;
import dev.intermission.api.store.OperationStore;
import dev.intermission.api.store.SettingsStore.Update;
import dev.intermission.api.store.Trial;
import dev.intermission.api.store.UnknownEnvironmentException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Changes many proxies in one transaction. It locks the proxies in the order of their names, and
 * then the environments, so that transactions wait for each other and never in a circle.
 */
final class Operations implements OperationStore {

  static final Comparator<ProxyId> BY_NAME =
      Comparator.comparing(ProxyId::project).thenComparing(ProxyId::name);

  private static final SortedMap<String, Standing> NOWHERE =
      Collections.unmodifiableSortedMap(new TreeMap<>());

  private final Database database;
  private final Clock clock;
  private final Retention retention;
  private final Listeners listeners;

  Operations(Database database, Clock clock, Retention retention, Listeners listeners) {
    this.database = database;
    this.clock = clock;
    this.retention = retention;
    this.listeners = listeners;
  }

  /** Is told of the proxies of an operation when they are locked, and before they are changed. */
  @FunctionalInterface
  interface Locked {
    void proxies(Collection<ProxyId> ids) throws SQLException;
  }

  @Override
  public Operation operate(OperationRequest request, Author author) {
    Change change = Change.ofMany(author, clock);
    return tell(
        database.write(
            "change many proxies",
            change,
            connection -> operate(connection, change, request, locked -> {})));
  }

  @Override
  public List<Trial<Operation.Changed>> tryOut(OperationRequest request, Author author) {
    Change change = Change.ofMany(author, clock);
    return database.takeBack(
        "try to change many proxies",
        connection -> {
          TriedOperation tried = new TriedOperation(connection);
          return tried.of(operate(connection, change, request, tried));
        });
  }

  private Operation operate(
      Connection connection, Change change, OperationRequest request, Locked locked)
      throws SQLException {
    Map<ProxyId, ApiProxy> selected = selected(connection, request);
    Map<ProxyId, ProxyRow> rows = lock(connection, selected.keySet());
    for (String environment : request.environments().stream().sorted().toList()) {
      if (!lock(connection, environment)) {
        throw new UnknownEnvironmentException(environment);
      }
    }
    locked.proxies(rows.keySet());
    Map<ProxyId, SortedMap<String, Standing>> standings = Standing.of(connection, rows.keySet());
    List<Affecting> all = new ArrayList<>();
    for (Map.Entry<ProxyId, ProxyRow> row : rows.entrySet()) {
      ApiProxy proxy = selected.get(row.getKey());
      if (proxy != null) {
        all.add(
            Affecting.of(
                request, proxy, row.getValue(), standings.getOrDefault(row.getKey(), NOWHERE)));
      }
    }
    return made(connection, change, request.description(), null, change(connection, change, all));
  }

  private List<Operation.Changed> change(Connection connection, Change change, List<Affecting> all)
      throws SQLException {
    DeploymentWriter writer = new DeploymentWriter(connection, change, retention);
    writer.audit().settingsChanged(all.stream().map(Affecting::target).toList());
    List<Update> updates = writer.put(all.stream().map(Affecting::target).toList());
    List<Operation.Changed> changed = new ArrayList<>();
    for (int i = 0; i < all.size(); i++) {
      changed.add(all.get(i).changed(updates.get(i)));
    }
    return changed;
  }

  private static Map<ProxyId, ApiProxy> selected(Connection connection, OperationRequest request)
      throws SQLException {
    List<ApiProxy> all = new ArrayList<>();
    for (String project : request.projects().stream().sorted().toList()) {
      all.addAll(CatalogReader.proxies(connection, project));
    }
    Map<ProxyId, ApiProxy> selected = new TreeMap<>(BY_NAME);
    request.selection().apply(all).forEach(proxy -> selected.put(proxy.id(), proxy));
    return selected;
  }

  /** Locks the proxies that are there. */
  private Map<ProxyId, ProxyRow> lock(Connection connection, Collection<ProxyId> inOrder)
      throws SQLException {
    Map<ProxyId, ProxyRow> found = ProxyRow.findAll(connection, inOrder, database.rowLock());
    Map<ProxyId, ProxyRow> rows = new LinkedHashMap<>();
    for (ProxyId id : inOrder) {
      ProxyRow row = found.get(id);
      if (row != null) {
        rows.put(id, row);
      }
    }
    return rows;
  }

  private boolean lock(Connection connection, String environment) throws SQLException {
    return CatalogReader.hasEnvironment(connection, environment, database.rowLock());
  }

  private static Operation made(
      Connection connection,
      Change change,
      String description,
      @Nullable String undoes,
      List<Operation.Changed> changed)
      throws SQLException {
    Operation operation =
        new Operation(
            change.id(),
            change.time(),
            change.author().username(),
            description,
            undoes,
            null,
            changed);
    OperationTable.write(connection, operation);
    // What follows holds up everyone else who changes something. Rows of other operations are
    // touched here alone, so that two transactions never wait for each other's.
    long number =
        ChangeCounter.count(connection, changed.stream().map(Operation.Changed::id).toList());
    OperationTable.count(connection, operation, number);
    return operation;
  }

  @Override
  public Optional<Operation> undo(String id, UndoCheck check, Author author) {
    Change change = Change.ofMany(author, clock);
    return database
        .write(
            "take back an operation",
            change,
            connection -> undo(connection, change, id, check, locked -> {}))
        .map(this::tell);
  }

  @Override
  public Optional<List<Trial<Operation.Changed>>> tryUndo(
      String id, UndoCheck check, Author author) {
    Change change = Change.ofMany(author, clock);
    return database.takeBack(
        "try to take back an operation",
        connection -> {
          TriedOperation tried = new TriedOperation(connection);
          Optional<Operation> undone = undo(connection, change, id, check, tried);
          return undone.isEmpty() ? Optional.empty() : Optional.of(tried.of(undone.get()));
        });
  }

  private Optional<Operation> undo(
      Connection connection, Change change, String id, UndoCheck check, Locked locked)
      throws SQLException {
    Optional<Operation> found = OperationTable.find(connection, id);
    if (found.isEmpty()) {
      return found;
    }
    List<Operation.Changed> proxies = found.get().proxies();
    Map<ProxyId, ProxyRow> rows =
        lock(connection, proxies.stream().map(Operation.Changed::id).toList());
    lockEnvironments(connection, proxies);
    Undoing undoing = new Undoing(connection, change, retention, rows);
    // Read again, since another transaction may have taken it back or dropped it meanwhile.
    Optional<Operation> now = OperationTable.find(connection, id);
    if (now.isEmpty()) {
      return now;
    }
    List<Operation.Changed> restored = undoing.restored(proxies);
    check.require(now.get(), undoing.changedSince(proxies), restored, undoing.traces(restored));
    locked.proxies(rows.keySet());
    String description = "Undo of " + id;
    return Optional.of(
        made(connection, change, description, id, undoing.undo(proxies, description)));
  }

  private void lockEnvironments(Connection connection, List<Operation.Changed> proxies)
      throws SQLException {
    for (String environment :
        proxies.stream()
            .flatMap(changed -> changed.deployments().stream())
            .map(Operation.InEnvironment::environment)
            .distinct()
            .sorted()
            .toList()) {
      lock(connection, environment);
    }
  }

  private Operation tell(Operation operation) {
    operation.proxies().stream()
        .flatMap(changed -> changed.deployments().stream())
        .map(Operation.InEnvironment::environment)
        .distinct()
        .forEach(listeners::changed);
    return operation;
  }

  @Override
  public List<Operation> operations(Predicate<String> projects, int limit) {
    return database.read(
        "the operations", connection -> OperationTable.newest(connection, projects, limit));
  }

  @Override
  public Optional<Operation> operation(String id) {
    return database.read("an operation", connection -> OperationTable.find(connection, id));
  }
}
