package dev.intermission.store;

import static dev.intermission.store.TestCatalog.AUTHOR;
import static dev.intermission.store.TestCatalog.MY_API;
import static dev.intermission.store.TestCatalog.proxy;
import static org.assertj.core.api.Assertions.assertThat;

import dev.intermission.api.ApiProxy;
import dev.intermission.api.MaintenanceSettings;
import dev.intermission.api.ProxyId;
import dev.intermission.api.store.DeploymentRequest;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/** Changes a store at random, and keeps by simple means what must be served then. */
final class RandomOperations {

  static final List<String> ENVIRONMENTS = List.of("production", "staging", "test");

  final Random random;
  private final JdbcStore store;
  private final Map<String, Map<ProxyId, MaintenanceSettings>> inForce = new HashMap<>();
  private TestCatalog catalog = TestCatalog.small().withEnvironments(Set.copyOf(ENVIRONMENTS));

  RandomOperations(JdbcStore store, long seed) {
    this.store = store;
    random = new Random(seed);
    inForce("production").put(MY_API, MaintenanceSettings.DEFAULT);
    store.settings().apply(catalog, AUTHOR);
  }

  void next() {
    ProxyId id = new ProxyId("MyProject", "p" + random.nextInt(6));
    String environment = ENVIRONMENTS.get(random.nextInt(ENVIRONMENTS.size()));
    boolean known = catalog.proxies().keySet().stream().anyMatch(p -> p.id().equals(id));
    boolean knownThere = known && catalog.environments().contains(environment);
    switch (random.nextInt(6)) {
      case 0, 1 -> {
        if (knownThere) {
          MaintenanceSettings settings =
              new MaintenanceSettings(
                  random.nextBoolean(),
                  503,
                  StoreBehaviour.CLOSED.contentType(),
                  "m" + random.nextInt(3));
          store
              .settings()
              .update(id, s -> settings, List.of(DeploymentRequest.to(environment)), AUTHOR);
          inForce(environment).put(id, settings);
        }
      }
      case 2 -> {
        if (knownThere) {
          boolean deployed =
              store.settings().undeploy(id, DeploymentRequest.to(environment), AUTHOR).isPresent();
          assertThat(deployed).isEqualTo(inForce(environment).remove(id) != null);
        }
      }
      case 3, 4 ->
          apply(catalog.with(proxy(id, "/" + id.name() + "/" + random.nextInt(3)), Set.of()));
      default ->
          apply(
              random.nextInt(4) > 0
                  ? catalog.without(id)
                  : catalog.withEnvironments(Set.of(environment)));
    }
    if (random.nextInt(10) == 0) {
      apply(catalog.withEnvironments(Set.copyOf(ENVIRONMENTS)));
    }
  }

  private void apply(TestCatalog next) {
    Map<ApiProxy, Set<String>> proxies = new HashMap<>();
    next.proxies()
        .forEach(
            (proxy, in) -> {
              Set<String> kept = new HashSet<>(in);
              kept.retainAll(next.environments());
              proxies.put(proxy, kept);
            });
    catalog = new TestCatalog(next.environments(), next.projects(), proxies, next.users());
    store.settings().apply(catalog, AUTHOR);
  }

  private Map<ProxyId, MaintenanceSettings> inForce(String environment) {
    return inForce.computeIfAbsent(environment, e -> new HashMap<>());
  }

  Map<ApiProxy, MaintenanceSettings> expected(String environment) {
    Map<ApiProxy, MaintenanceSettings> expected = new HashMap<>();
    if (catalog.environments().contains(environment)) {
      catalog
          .proxies()
          .keySet()
          .forEach(
              proxy -> {
                MaintenanceSettings settings = inForce(environment).get(proxy.id());
                if (settings != null) {
                  expected.put(proxy, settings);
                }
              });
    }
    return expected;
  }
}
