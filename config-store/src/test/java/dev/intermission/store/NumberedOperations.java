package dev.intermission.store;

import static dev.intermission.store.TestCatalog.AUTHOR;
import static org.assertj.core.api.Assertions.assertThat;

import dev.intermission.api.ApiProxy;
import dev.intermission.api.DeployedProxy;
import dev.intermission.api.MaintenanceSettings;
import dev.intermission.api.ProxyId;
import dev.intermission.api.store.OperationRequest;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Operations over many proxies that count on from what is in the store. */
final class NumberedOperations {

  private static final int PROXIES = 1000;

  private NumberedOperations() {}

  private static ProxyId id(int i) {
    return new ProxyId("MyProject", "p" + i);
  }

  private static int number(MaintenanceSettings settings) {
    return settings.equals(MaintenanceSettings.DEFAULT)
        ? 0
        : Integer.parseInt(settings.message().strip());
  }

  static void begin(JdbcStore store) {
    Map<ApiProxy, Set<String>> proxies =
        IntStream.range(0, PROXIES)
            .mapToObj(i -> TestCatalog.proxy(id(i), "/p" + i))
            .collect(Collectors.toMap(Function.identity(), proxy -> Set.of("production")));
    store.settings().apply(TestCatalog.of(proxies), AUTHOR);
  }

  private static MaintenanceSettings next(MaintenanceSettings settings) {
    return MaintenanceSettings.DEFAULT.withResponse(
        503, settings.contentType(), Integer.toString(number(settings) + 1));
  }

  static void operate(JdbcStore store) {
    store
        .operations()
        .operate(
            new OperationRequest(
                "",
                Set.of("MyProject"),
                proxies -> proxies,
                proxy -> next(proxy.saved().settings()),
                Set.of("production")),
            AUTHOR);
  }

  /** Checks that all operations are there for all proxies, and returns how many. */
  static int assertWhole(JdbcStore store, String when) {
    List<Integer> inForce =
        store.settings().changesSince("production", 0).deployed().stream()
            .map(DeployedProxy::settings)
            .map(NumberedOperations::number)
            .toList();
    int number = inForce.get(0);
    assertThat(inForce).as(when).hasSize(PROXIES).containsOnly(number);
    assertThat(store.settings().version("production")).as(when).isEqualTo(1 + number);
    assertThat(
            IntStream.range(0, PROXIES)
                .mapToObj(i -> store.settings().settings(id(i)).orElseThrow().version())
                .distinct())
        .as(when)
        .containsExactly(1L + number);
    assertThat(store.operations().operations(project -> true, 1_000)).as(when).hasSize(number);
    return number;
  }

  /** Makes one operation after the other, and says when one is done. */
  static final class Writer {

    private Writer() {}

    /** Takes the URL of the store. */
    public static void main(String[] arguments) {
      try (JdbcStore store = JdbcStore.open(new StoreConfig(arguments[0]), Clock.systemUTC())) {
        System.out.println("writing");
        while (true) {
          operate(store);
          System.out.println("done");
        }
      }
    }
  }
}
