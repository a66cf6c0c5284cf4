package dev.intermission.admin.overview;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.intermission.admin.AdminServer;
import dev.intermission.admin.AdminStores;
import dev.intermission.admin.AdminTest;
import dev.intermission.admin.Http;
import dev.intermission.api.store.OverviewChanges;
import dev.intermission.api.store.SettingsStore;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The overview is read in the background after a start, and by nobody else. */
class FirstReadingTest extends AdminTest {

  private final AtomicInteger readings = new AtomicInteger();
  private final CountDownLatch mayEnd = new CountDownLatch(1);

  @Override
  @BeforeEach
  public void start(@TempDir Path folder) throws Exception {
    server =
        new AdminServer(
            folder,
            options(),
            stores ->
                new AdminStores(
                    slow(stores.settings()),
                    stores.history(),
                    stores.audit(),
                    stores.tokens(),
                    stores.operations()));
  }

  /** Returns a store that reads everything slowly. */
  private SettingsStore slow(SettingsStore store) {
    return (SettingsStore)
        Proxy.newProxyInstance(
            SettingsStore.class.getClassLoader(),
            new Class<?>[] {SettingsStore.class},
            (proxy, method, arguments) -> {
              try {
                Object result = method.invoke(store, arguments);
                if (result instanceof OverviewChanges changes && changes.everything()) {
                  readings.incrementAndGet();
                  assertThat(mayEnd.await(2, TimeUnit.MINUTES)).isTrue();
                }
                return result;
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  @Test
  void callsThatComeMeanwhileWaitForIt() throws Exception {
    await().atMost(Duration.ofMinutes(1)).until(() -> readings.get() == 1);
    List<CompletableFuture<Integer>> answers =
        IntStream.range(0, 3).mapToObj(i -> CompletableFuture.supplyAsync(this::status)).toList();
    mayEnd.countDown();
    for (CompletableFuture<Integer> answer : answers) {
      assertThat(answer.get(2, TimeUnit.MINUTES)).isEqualTo(200);
    }
    assertThat(readings).hasValue(1);
  }

  private int status() {
    try {
      return send(Http.request("GET", "/apiops/maintenance/").token(server.token("operator")))
          .status();
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
