package dev.intermission.store;

import static dev.intermission.store.TestCatalog.AUTHOR;
import static dev.intermission.store.TestCatalog.MY_API;
import static dev.intermission.store.TestCatalog.PETSTORE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.intermission.api.ContentType;
import dev.intermission.api.MaintenanceSettings;
import dev.intermission.api.ProxyId;
import dev.intermission.api.Snapshot;
import dev.intermission.api.store.Deployment;
import dev.intermission.api.store.DeploymentRequest;
import dev.intermission.api.store.SavedSettings;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What callers at the same time may rely on, in every database. */
abstract class ConcurrencyBehaviour extends StoreBehaviour {

  private static final int ROUNDS = 100;
  private static final int MANY_ROUNDS = 500;
  private static final int DEPLOYMENTS = 100;
  private static final MaintenanceSettings START =
      new MaintenanceSettings(true, 503, ContentType.parse("text/n0"), "0");

  private final ExecutorService threads = Executors.newFixedThreadPool(3);

  @AfterEach
  void stopThreads() {
    threads.shutdownNow();
  }

  @Test
  void patchesOfDifferentFieldsThroughOneStoreAreAllKept() throws Exception {
    patchAtOnce(store, store, ROUNDS);
  }

  @Test
  void patchesOfDifferentFieldsThroughTwoStoresAreAllKept() throws Exception {
    try (JdbcStore other = open(Clock.systemUTC())) {
      patchAtOnce(store, other, ROUNDS);
    }
  }

  @Test
  @Tag("slow")
  void manyPatchesThroughTwoStoresAreAllKept() throws Exception {
    try (JdbcStore other = open(Clock.systemUTC())) {
      patchAtOnce(store, other, MANY_ROUNDS);
    }
  }

  private void patchAtOnce(JdbcStore one, JdbcStore two, int rounds) throws Exception {
    store.settings().update(MY_API, saved -> START, List.of(), AUTHOR);

    Future<List<Long>> messages = patch(one, STAGING, ConcurrencyBehaviour::countMessage, rounds);
    Future<List<Long>> types = patch(two, PRODUCTION, ConcurrencyBehaviour::countType, rounds);
    List<Long> revisions = new ArrayList<>(messages.get(2, TimeUnit.MINUTES));
    revisions.addAll(types.get(2, TimeUnit.MINUTES));

    assertThat(store.settings().settings(MY_API))
        .contains(
            new SavedSettings(
                new MaintenanceSettings(
                    true, 503, ContentType.parse("text/n" + rounds), String.valueOf(rounds)),
                2 + 2 * rounds));
    assertThat(revisions)
        .containsExactlyInAnyOrderElementsOf(
            LongStream.rangeClosed(2, 1 + 2L * rounds).boxed().toList());
    assertThat(store.settings().version("production")).isEqualTo(1 + rounds);
    assertThat(store.settings().version("staging")).isEqualTo(rounds);
  }

  private Future<List<Long>> patch(
      JdbcStore store,
      DeploymentRequest target,
      UnaryOperator<MaintenanceSettings> change,
      int rounds) {
    Callable<List<Long>> patches =
        () -> {
          List<Long> revisions = new ArrayList<>();
          for (int i = 0; i < rounds; i++) {
            store
                .settings()
                .update(MY_API, saved -> change.apply(saved.settings()), List.of(target), AUTHOR)
                .deployments()
                .stream()
                .map(Deployment::revision)
                .forEach(revisions::add);
          }
          return revisions;
        };
    return threads.submit(patches);
  }

  private static MaintenanceSettings countMessage(MaintenanceSettings s) {
    return new MaintenanceSettings(
        s.enabled(),
        s.httpStatusCode(),
        s.contentType(),
        String.valueOf(Integer.parseInt(s.message()) + 1));
  }

  private static MaintenanceSettings countType(MaintenanceSettings s) {
    int count = Integer.parseInt(s.contentType().value().substring("text/n".length()));
    return new MaintenanceSettings(
        s.enabled(), s.httpStatusCode(), ContentType.parse("text/n" + (count + 1)), s.message());
  }

  @Test
  void updatesThatDeployInOppositeOrdersBothGoOn() throws Exception {
    Future<List<Long>> one = deploy(MY_API, List.of(PRODUCTION, STAGING));
    Future<List<Long>> two = deploy(PETSTORE, List.of(STAGING, PRODUCTION));

    assertThat(one.get(2, TimeUnit.MINUTES)).hasSize(DEPLOYMENTS);
    assertThat(two.get(2, TimeUnit.MINUTES)).hasSize(DEPLOYMENTS);
    assertThat(store.settings().version("production")).isEqualTo(1 + 2 * DEPLOYMENTS);
    assertThat(store.settings().version("staging")).isEqualTo(2 * DEPLOYMENTS);
  }

  private Future<List<Long>> deploy(ProxyId id, List<DeploymentRequest> targets) {
    Callable<List<Long>> deployments =
        () -> {
          List<Long> versions = new ArrayList<>();
          for (int i = 0; i < DEPLOYMENTS; i++) {
            MaintenanceSettings settings = i % 2 == 0 ? CLOSED : DEFAULT;
            store.settings().update(id, saved -> settings, targets, AUTHOR).deployments().stream()
                .filter(deployment -> deployment.environment().equals("production"))
                .map(Deployment::environmentVersion)
                .forEach(versions::add);
          }
          return versions;
        };
    return threads.submit(deployments);
  }

  @Test
  void aFollowerOfDeltasMissesNothingThatOthersDeployAtOnce() throws Exception {
    Future<List<Long>> one = deploy(MY_API, List.of(PRODUCTION));
    Future<List<Long>> two = deploy(PETSTORE, List.of(PRODUCTION));

    Snapshot follower = Snapshot.empty("production");
    while (!one.isDone() || !two.isDone()) {
      follower = follower.plus(store.settings().changesSince("production", follower.version()));
    }
    follower = follower.plus(store.settings().changesSince("production", follower.version()));

    List<Long> versions = new ArrayList<>(one.get());
    versions.addAll(two.get());
    assertThat(versions)
        .containsExactlyInAnyOrderElementsOf(
            LongStream.rangeClosed(2, 1 + 2 * DEPLOYMENTS).boxed().toList());
    assertThat(follower)
        .isEqualTo(
            Snapshot.empty("production").plus(store.settings().changesSince("production", 0)));
  }

  @Test
  void aReaderSeesWholeTransactionsOnly() throws Exception {
    readWhilePatched(ROUNDS);
  }

  @Test
  @Tag("slow")
  void aReaderSeesWholeTransactionsOnlyHoweverManyThereAre() throws Exception {
    readWhilePatched(MANY_ROUNDS);
  }

  private void readWhilePatched(int rounds) throws Exception {
    Future<List<Long>> writer =
        patch(store, PRODUCTION, s -> s.enabled() ? DEFAULT : CLOSED, rounds);

    while (!writer.isDone()) {
      Snapshot snapshot =
          Snapshot.empty("production").plus(store.settings().changesSince("production", 0));
      assertThat(snapshot.proxies().values())
          .singleElement()
          .satisfies(proxy -> assertThat(proxy.revision()).isEqualTo(snapshot.version()));
    }
    writer.get();
  }

  private static final MaintenanceSettings DEFAULT = MaintenanceSettings.DEFAULT;

  @Test
  void aReaderDoesNotWaitForAWriter() throws Exception {
    CountDownLatch writing = new CountDownLatch(1);
    CountDownLatch read = new CountDownLatch(1);
    Future<?> writer =
        threads.submit(
            () ->
                store
                    .settings()
                    .update(
                        MY_API,
                        saved -> {
                          writing.countDown();
                          await(read);
                          return CLOSED;
                        },
                        List.of(PRODUCTION),
                        AUTHOR));
    await(writing);

    assertThat(store.settings().settings(MY_API)).contains(new SavedSettings(DEFAULT, 1));
    assertThat(store.settings().version("production")).isEqualTo(1);

    read.countDown();
    writer.get();
    assertThat(store.settings().settings(MY_API)).contains(new SavedSettings(CLOSED, 2));
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(1, TimeUnit.MINUTES)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
