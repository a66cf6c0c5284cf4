package dev.intermission.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.intermission.api.DeployedProxy;
import dev.intermission.api.ProxyCounts;
import dev.intermission.api.SnapshotFeed;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The count of requests in flight. */
class InFlightTest {

  private static final int WORKERS = 4;
  private static final int ROUNDS = 300;

  /** Is matched slowly, which leaves time between the decision and the count. */
  private static final String SLOW_PATH = "/a/" + "%62".repeat(500);

  private final DeployedProxy open = Proxies.open("/a");
  private final DeployedProxy closed = Proxies.closed("/a");
  private final Gate gate = new Gate(GateOptions.DEFAULTS);
  private final InFlight inFlight = gate.inFlight();

  @AfterEach
  void close() {
    gate.close();
  }

  private InFlight.Entry enter(String path) {
    return Objects.requireNonNull(
        Counted.decide(gate, null, path, TestHead.from("192.0.2.1")).entry());
  }

  private void assertInFlight(int passed, int letIn) {
    assertThat(inFlight.of(open.id())).isEqualTo(new InFlight.Reading(passed, letIn));
  }

  @Test
  void eachRequestIsCountedUntilItIsOverOnce() {
    gate.publish(Proxies.snapshot(1, open));
    InFlight.Entry one = enter("/a");
    InFlight.Entry other = enter("/a/%62");
    assertInFlight(2, 0);
    one.leave();
    one.leave();
    assertInFlight(1, 0);
    other.leave();
    assertInFlight(0, 0);
    assertThat(Counted.decide(gate, null, "/b", TestHead.of("GET")).entry()).isNull();
  }

  @Test
  void requestsThatWereLetInAreCountedApart() {
    gate.publish(Proxies.snapshot(1, open));
    InFlight.Entry passed = enter("/a");
    gate.publish(Proxies.snapshot(2, closed));
    InFlight.Entry letIn = inFlight.enter(open.id(), true);
    assertInFlight(1, 1);
    assertThat(gate.counts().proxies())
        .containsExactly(new ProxyCounts(open.id(), true, 0, 0, 0, 1, 1));
    passed.leave();
    assertInFlight(0, 1);
    letIn.leave();
    assertInFlight(0, 0);
  }

  @Test
  void answeredRequestIsNotInFlight() {
    gate.publish(Proxies.snapshot(1, closed));
    Counted counted = Counted.decide(gate, null, "/a", TestHead.of("GET"));
    assertThat(counted.entry()).isNull();
    assertThat(counted.decision().passage()).isEqualTo(Passage.CLOSED);
    assertInFlight(0, 0);
  }

  @Test
  void requestToAProxyThatIsNoLongerDeployedIsStillToldOf() {
    gate.publish(Proxies.snapshot(1, open, Proxies.open("/b")));
    InFlight.Entry entry = enter("/a");
    gate.publish(Proxies.snapshot(2, Proxies.open("/b")));
    assertThat(gate.counts().proxies())
        .containsExactly(new ProxyCounts(open.id(), false, 0, 0, 0, 1, 0));
    gate.publish(Proxies.snapshot(3, closed, Proxies.open("/b")));
    assertThat(gate.counts().proxies())
        .containsExactly(new ProxyCounts(open.id(), true, 0, 0, 0, 1, 0));
    entry.leave();
    assertThat(gate.counts().proxies()).isEmpty();
  }

  @Test
  void proxyThatIsNoLongerDeployedIsForgottenAndCountedAnewLater() {
    gate.publish(Proxies.snapshot(1, open));
    enter("/a").leave();
    assertThat(inFlight.proxies()).containsExactly(open.id());
    gate.publish(Proxies.snapshot(2));
    assertThat(inFlight.proxies()).isEmpty();
    gate.publish(Proxies.snapshot(3, open));
    InFlight.Entry entry = enter("/a");
    assertInFlight(1, 0);
    entry.leave();
    assertInFlight(0, 0);
  }

  @Test
  void listenerIsToldWhenTheLastRequestOfAClosedProxyEnds() {
    AtomicInteger told = new AtomicInteger();
    gate.publish(Proxies.snapshot(1, open));
    SnapshotFeed.Subscription listening = gate.onUrgent(told::incrementAndGet);
    enter("/a").leave();
    InFlight.Entry one = enter("/a");
    InFlight.Entry other = enter("/a");
    assertThat(told).hasValue(0);
    gate.publish(Proxies.snapshot(2, closed));
    assertThat(told).hasValue(1);
    one.leave();
    assertThat(told).hasValue(1);
    other.leave();
    assertThat(told).hasValue(2);
    listening.close();
    gate.publish(Proxies.snapshot(3, open));
    assertThat(told).hasValue(2);
  }

  @Test
  void requestBeforeTheFirstSnapshotMayBelongToEachApi() {
    Gate passing =
        new Gate(
            GateOptions.DEFAULTS.withBeforeFirstSnapshot(GateOptions.BeforeFirstSnapshot.PASS));
    try {
      passing.inFlight().begin();
      Counted counted = Counted.decide(passing, null, "/a", TestHead.of("GET"));
      InFlight.Entry entry = Objects.requireNonNull(counted.entry());
      assertThat(counted.decision().passage()).isEqualTo(Passage.OPEN);
      assertThat(entry.isLetIn()).isFalse();
      AtomicInteger told = new AtomicInteger();
      passing.publish(Proxies.snapshot(1, closed));
      try (SnapshotFeed.Subscription listening = passing.onUrgent(told::incrementAndGet)) {
        assertThat(listening).isNotNull();
        assertThat(passing.counts().countsInFlight()).isFalse();
        entry.leave();
        entry.leave();
        assertThat(told).hasValue(1);
        assertThat(passing.counts().countsInFlight()).isTrue();
      }
      assertThat(Counted.decide(passing, null, "/b", TestHead.of("GET")).entry()).isNull();
    } finally {
      passing.close();
    }
  }

  /** Fails soon if a request is not decided anew when the gate's reference has changed. */
  @Test
  void nothingIsInFlightToAClosedProxyWhoseCountIsZero() throws Exception {
    long seed = 16;
    AtomicInteger backend = new AtomicInteger();
    AtomicLong passed = new AtomicLong();
    AtomicBoolean running = new AtomicBoolean(true);
    gate.publish(Proxies.snapshot(1, open));
    ExecutorService pool = Executors.newFixedThreadPool(WORKERS);
    try {
      List<Future<?>> workers = new ArrayList<>();
      for (int i = 0; i < WORKERS; i++) {
        Random random = new Random(seed + i);
        workers.add(
            pool.submit(
                () -> {
                  while (running.get()) {
                    Counted counted = Counted.decide(gate, null, SLOW_PATH, TestHead.of("GET"));
                    if (counted.entry() != null) {
                      backend.incrementAndGet();
                      Thread.onSpinWait();
                      if (random.nextInt(50) == 0) {
                        LockSupport.parkNanos(1);
                      }
                      passed.incrementAndGet();
                      backend.decrementAndGet();
                      counted.entry().leave();
                    }
                  }
                }));
      }
      for (int round = 1; round <= ROUNDS; round++) {
        gate.publish(Proxies.snapshot(2L * round, closed));
        while (inFlight.of(open.id()).passed() > 0) {
          LockSupport.parkNanos(1);
        }
        for (int look = 0; look < 100; look++) {
          assertThat(backend).as("seed %d, round %d", seed, round).hasValue(0);
        }
        long before = passed.get();
        gate.publish(Proxies.snapshot(2L * round + 1, open));
        while (passed.get() == before) {
          LockSupport.parkNanos(1);
        }
      }
      running.set(false);
      for (Future<?> worker : workers) {
        worker.get();
      }
    } finally {
      running.set(false);
      pool.shutdownNow();
    }
    assertInFlight(0, 0);
  }
}
