package dev.intermission.store;

import static dev.intermission.store.Sql.row;

import dev.intermission.api.ApiProxy;
import dev.intermission.api.MaintenanceSettings;
import dev.intermission.api.ProxyCatalog;
import dev.intermission.api.ProxyId;
import dev.intermission.api.store.DeploymentRequest;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Applies a catalog to the store, inside a transaction that may write. Applying the same catalog
 * again changes no snapshot.
 */
final class CatalogWriter {

  private static final String DESCRIPTION = "Deployed at start";
  private static final int LONGEST_NAME = 255;

  private final Connection connection;
  private final DeploymentWriter deployments;

  CatalogWriter(Connection connection, DeploymentWriter deployments) {
    this.connection = connection;
    this.deployments = deployments;
  }

  /**
   * The result of applying a catalog.
   *
   * @param environments those whose snapshot has changed
   * @param detail for the audit log
   */
  record Outcome(Set<String> environments, String detail) {}

  Outcome apply(ProxyCatalog catalog) throws SQLException {
    checkNames(catalog);
    replaceNames("project (name, present) VALUES (?, TRUE)", "project", catalog.projects());
    replaceNames(
        "environment (name, present, version) VALUES (?, TRUE, 0)",
        "environment",
        catalog.environments());
    Users.replace(connection, catalog.users());
    Set<ProxyId> changed = replaceProxies(catalog.proxies().keySet());
    Set<String> environments = publish(changed, catalog.proxies());
    String detail =
        String.format(
            Locale.ROOT,
            "%d API proxies, %d changed or gone; new versions in %s",
            catalog.proxies().size(),
            changed.size(),
            environments);
    return new Outcome(environments, detail);
  }

  private static void checkNames(ProxyCatalog catalog) {
    catalog.projects().forEach(name -> checkName("project", name));
    catalog.environments().forEach(name -> checkName("environment", name));
    catalog.proxies().keySet().forEach(proxy -> checkName("API proxy", proxy.id().name()));
    catalog.users().forEach(user -> checkName("user", user.name()));
    catalog
        .proxies()
        .forEach(
            (proxy, environments) -> {
              if (!catalog.projects().contains(proxy.id().project())) {
                throw new IllegalArgumentException(
                    "API proxy " + proxy.id() + " is of a project that the catalog lacks");
              }
              if (!catalog.environments().containsAll(environments)) {
                throw new IllegalArgumentException(
                    String.format(
                        Locale.ROOT,
                        "API proxy %s is to be deployed in %s; the catalog has the environments %s",
                        proxy.id(),
                        environments,
                        catalog.environments()));
              }
            });
  }

  private static void checkName(String what, String name) {
    if (name.length() > LONGEST_NAME) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "The name of the %s '%s...' has %d characters; allowed are up to %d",
              what,
              name.substring(0, 50),
              name.length(),
              LONGEST_NAME));
    }
    if (!Sql.storable(name).equals(name) || name.indexOf(Sql.NO_CHARACTER) >= 0) {
      throw new IllegalArgumentException(
          "The name of the "
              + what
              + " '"
              + name
              + "' holds U+0000, U+FFFF or half of a surrogate pair, which are not allowed");
    }
  }

  private void replaceNames(String insert, String table, Set<String> names) throws SQLException {
    Sql.update(connection, "UPDATE " + table + " SET present = FALSE");
    Sql.batch(
        connection,
        "INSERT INTO " + insert + " ON CONFLICT (name) DO UPDATE SET present = TRUE",
        names,
        name -> row(name));
  }

  /** Returns the proxies that existed before and have changed or gone. */
  private Set<ProxyId> replaceProxies(Collection<ApiProxy> proxies) throws SQLException {
    Map<ProxyId, Known> known = known();
    List<ApiProxy> added = new ArrayList<>();
    List<ApiProxy> redefined = new ArrayList<>();
    Set<ProxyId> changed = new HashSet<>();
    for (ApiProxy proxy : proxies) {
      Known before = known.remove(proxy.id());
      if (before == null) {
        added.add(proxy);
      } else if (!before.present || !before.definition.equals(Definition.write(proxy))) {
        redefined.add(proxy);
        changed.add(proxy.id());
      }
    }
    List<ProxyId> dropped =
        known.entrySet().stream().filter(e -> e.getValue().present).map(Map.Entry::getKey).toList();
    changed.addAll(dropped);
    insert(added);
    Sql.batch(
        connection,
        "UPDATE api_proxy SET present = TRUE, definition = ? WHERE project = ? AND name = ?",
        redefined,
        proxy -> row(Definition.write(proxy), proxy.id().project(), proxy.id().name()));
    Sql.batch(
        connection,
        "UPDATE api_proxy SET present = FALSE WHERE project = ? AND name = ?",
        dropped,
        id -> row(id.project(), id.name()));
    return changed;
  }

  private record Known(boolean present, String definition) {}

  private Map<ProxyId, Known> known() throws SQLException {
    Map<ProxyId, Known> known = new HashMap<>();
    Sql.list(
        connection,
        "SELECT project, name, present, definition FROM api_proxy",
        row ->
            known.put(
                CatalogReader.id(row),
                new Known(row.getBoolean("present"), row.getString("definition"))));
    return known;
  }

  private void insert(List<ApiProxy> proxies) throws SQLException {
    SettingsDocument settings = SettingsDocument.of(MaintenanceSettings.DEFAULT);
    Sql.batch(
        connection,
        "INSERT INTO api_proxy (project, name, present, definition, "
            + SettingsDocument.COLUMNS
            + ", settings_version, last_revision) VALUES (?, ?, TRUE, ?, ?, ?, 1, 0)",
        proxies,
        proxy ->
            row(
                proxy.id().project(),
                proxy.id().name(),
                Definition.write(proxy),
                settings.json(),
                settings.digest()));
  }

  /** Gives each environment whose snapshot has changed one new version. */
  private Set<String> publish(Set<ProxyId> changed, Map<ApiProxy, Set<String>> proxies)
      throws SQLException {
    Map<String, Set<ProxyId>> everDeployed = new HashMap<>();
    Map<String, Set<ProxyId>> republished = new HashMap<>();
    Sql.list(
        connection,
        "SELECT environment, project, proxy AS name, deployed FROM deployment_status",
        row -> {
          String environment = row.getString("environment");
          ProxyId id = CatalogReader.id(row);
          if (row.getBoolean("deployed") && changed.contains(id)) {
            add(republished, environment, id);
          }
          return add(everDeployed, environment, id);
        });
    Map<String, Set<ProxyId>> deployed = new HashMap<>();
    proxies.forEach(
        (proxy, environments) ->
            environments.stream()
                .filter(e -> !everDeployed.getOrDefault(e, Set.of()).contains(proxy.id()))
                .forEach(e -> add(deployed, e, proxy.id())));
    Set<String> environments = new TreeSet<>(republished.keySet());
    environments.addAll(deployed.keySet());
    for (String environment : environments) {
      long version = deployments.nextVersion(environment);
      Sql.batch(
          connection,
          "UPDATE deployment_status SET environment_version = ? WHERE environment = ? AND project = ? AND proxy = ?",
          republished.getOrDefault(environment, Set.of()),
          id -> row(version, environment, id.project(), id.name()));
      deployments.deployFirst(
          deployed.getOrDefault(environment, Set.of()),
          new DeploymentRequest(environment, DESCRIPTION, false),
          version);
    }
    return environments;
  }

  private static boolean add(Map<String, Set<ProxyId>> map, String environment, ProxyId id) {
    return map.computeIfAbsent(environment, e -> new HashSet<>()).add(id);
  }
}
