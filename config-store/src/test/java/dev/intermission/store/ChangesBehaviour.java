package dev.intermission.store;

import static dev.intermission.store.TestCatalog.AUTHOR;
import static dev.intermission.store.TestCatalog.MY_API;
import static dev.intermission.store.TestCatalog.PETSTORE;
import static dev.intermission.store.TestCatalog.proxy;
import static org.assertj.core.api.Assertions.assertThat;

import dev.intermission.api.SnapshotFeed.Subscription;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** How every store tells of its own process's changes. */
abstract class ChangesBehaviour extends StoreBehaviour {

  private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();

  private void assertThatNextIs(String environment) throws InterruptedException {
    String next = heard.poll(1, TimeUnit.MINUTES);
    while (next != null && !next.equals(environment)) {
      next = heard.poll(1, TimeUnit.MINUTES);
    }
    assertThat(next).isEqualTo(environment);
  }

  @Test
  void eachNewVersionIsToldAfterItsCommit() throws InterruptedException {
    List<Long> versions = new CopyOnWriteArrayList<>();
    try (Subscription subscription =
        store
            .changes()
            .onChange(
                environment -> {
                  versions.add(store.settings().version("staging"));
                  heard.add(environment);
                })) {
      assertThat(subscription).isNotNull();
      store.settings().update(MY_API, CLOSE, List.of(STAGING), AUTHOR);
      assertThatNextIs("staging");
      assertThat(versions).last().isEqualTo(1L);

      heard.clear();
      store.settings().undeploy(MY_API, PRODUCTION, AUTHOR);
      assertThatNextIs("production");

      heard.clear();
      store.history().rollBack(MY_API, 1, List.of(STAGING), AUTHOR);
      assertThatNextIs("staging");

      heard.clear();
      store
          .settings()
          .apply(
              TestCatalog.small().with(proxy(PETSTORE, "/petstore"), Set.of("production")), AUTHOR);
      assertThatNextIs("production");
    }
  }

  @Test
  void aListenerThatFailsKeepsNoOneFromHearing() throws InterruptedException {
    try (Subscription failing =
            store
                .changes()
                .onChange(
                    environment -> {
                      throw new IllegalStateException("on purpose");
                    });
        Subscription hearing = store.changes().onChange(heard::add)) {
      assertThat(List.of(failing, hearing)).doesNotContainNull();
      store.settings().update(MY_API, CLOSE, List.of(STAGING), AUTHOR);

      assertThatNextIs("staging");
      assertThat(store.settings().version("staging")).isEqualTo(1);
    }
  }

  @Test
  void whoHasEndedHearsNoMore() {
    Subscription subscription = store.changes().onChange(heard::add);
    subscription.close();
    subscription.close();
    heard.clear();

    store.settings().update(MY_API, CLOSE, List.of(STAGING), AUTHOR);

    assertThat(heard).isEmpty();
  }
}
