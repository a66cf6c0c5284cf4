package dev.intermission.filter;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.intermission.api.DeployedProxy;
import dev.intermission.gate.Answer;
import dev.intermission.gate.Gate;
import dev.intermission.gate.GateOptions;
import dev.intermission.gate.Proxies;
import dev.intermission.gate.Wire;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What readers see while snapshots are swapped. */
class SwapTest {

  private static final int READERS = 8;
  private static final int SWAPS = 1_000;

  /** Version v answers with status 200 + v % 3, a type and a body that both name v. */
  private static DeployedProxy version(int v) {
    return Proxies.closed("/api/v1", 200 + v % 3, "text/plain; v=" + v, "message " + v);
  }

  @Test
  void eachAnswerIsEntirelyOneVersionAndVersionsNeverGoBack() throws Exception {
    Gate gate = new Gate(GateOptions.DEFAULTS);
    gate.publish(Proxies.snapshot(1, version(1)));
    JettyServer server = JettyServer.of(new MaintenanceFilter(gate), new AtomicInteger());
    AtomicBoolean swapping = new AtomicBoolean(true);
    ExecutorService readers = Executors.newFixedThreadPool(READERS);
    try {
      Callable<Integer> reader =
          () -> {
            int last = 0;
            int read = 0;
            try (Wire wire = new Wire(server.port())) {
              while (swapping.get() || last < SWAPS) {
                wire.send(Wire.request("GET", "/api/v1"));
                Wire.Reply reply = wire.read(false);
                int seen = Integer.parseInt(reply.text().substring("message ".length()));
                assertThat(reply.status()).isEqualTo(200 + seen % 3);
                assertThat(reply.field("Content-Type")).isEqualTo("text/plain; v=" + seen);
                assertThat(seen).isGreaterThanOrEqualTo(last);
                last = seen;
                read++;
              }
            }
            return read;
          };
      List<Future<Integer>> reading = new ArrayList<>();
      for (int i = 0; i < READERS; i++) {
        reading.add(readers.submit(reader));
      }
      for (int v = 2; v <= SWAPS; v++) {
        gate.publish(Proxies.snapshot(v, version(v)));
      }
      swapping.set(false);
      for (Future<Integer> each : reading) {
        assertThat(each.get()).isPositive();
      }
    } finally {
      readers.shutdownNow();
      server.stop();
    }
  }

  @Test
  void publishersInAnyOrderEndAtTheNewestVersion() throws Exception {
    Gate gate = new Gate(GateOptions.DEFAULTS);
    ExecutorService publishers = Executors.newFixedThreadPool(READERS);
    try {
      List<Callable<Boolean>> all = new ArrayList<>();
      for (int v = SWAPS; v > 0; v--) {
        int each = v;
        all.add(
            () -> {
              gate.publish(Proxies.snapshot(each, version(each)));
              return gate.servedVersion() >= each;
            });
      }
      for (Future<Boolean> published : publishers.invokeAll(all)) {
        assertThat(published.get()).isTrue();
      }
    } finally {
      publishers.shutdownNow();
    }
    assertThat(gate.servedVersion()).isEqualTo(SWAPS);
  }

  @Test
  void unchangedProxyKeepsItsAnswerOverADeployment() {
    Gate gate = new Gate(GateOptions.DEFAULTS);
    gate.publish(Proxies.snapshot(1, Proxies.closed("/a"), Proxies.closed("/b")));
    Answer before = gate.current().answer(null, "/a");
    gate.publish(
        Proxies.snapshot(2, Proxies.closed("/a"), Proxies.open("/b"), Proxies.closed("/c")));
    assertThat(gate.current().answer(null, "/a")).isNotNull().isSameAs(before);
    assertThat(gate.current().answer(null, "/b")).isNull();
    assertThat(gate.current().answer(null, "/c")).isNotNull();
  }

  @Test
  void answersAreRightWithNoRoomToKeepThem() {
    Gate gate = new Gate(GateOptions.DEFAULTS.withAnswerCacheBytes(0));
    gate.publish(Proxies.snapshot(1, Proxies.closed("/a"), Proxies.closed("/b")));
    for (int i = 0; i < 100; i++) {
      assertThat(gate.current().answer(null, "/a")).extracting(Answer::status).isEqualTo(503);
      assertThat(gate.current().answer(null, "/b"))
          .extracting(a -> new String(a.body(null, 0), java.nio.charset.StandardCharsets.UTF_8))
          .isEqualTo("/b");
    }
  }

  @Test
  void hostIsComparedWithoutCaseFinalDotAndSpellingOfItsAddress() {
    Gate gate = new Gate(GateOptions.DEFAULTS);
    DeployedProxy any = Proxies.open("/a/b");
    DeployedProxy own =
        new DeployedProxy(
            Proxies.proxy("/a", List.of("api.example.com", "[0:0:0:0:0:0:0:1]", "[2001:db8::a]")),
            1,
            Proxies.closed("/a").settings());
    gate.publish(Proxies.snapshot(1, any, own));
    assertThat(gate.current().hasHosts()).isTrue();
    for (String host :
        new String[] {
          "api.example.com",
          "API.Example.COM",
          "api.example.com.",
          "[::1]",
          "::1",
          "[0::0001]",
          "[2001:DB8:0:0:0:0:0:A]"
        }) {
      assertThat(gate.current().answer(host, "/a/b")).as(host).isNotNull();
      assertThat(gate.current().route(host, "/a/b")).as(host).isEqualTo(own);
    }
    assertThat(gate.current().answer("other.example.com", "/a/b")).isNull();
    assertThat(gate.current().answer("[::2]", "/a/b")).isNull();
    assertThat(gate.current().route(null, "/a/b")).isEqualTo(any);
    assertThat(gate.current().route(null, "/a")).isNull();
  }

  @Test
  void requestThatPassesAllocatesNothing() {
    Gate gate = new Gate(GateOptions.DEFAULTS);
    gate.publish(
        Proxies.snapshot(
            1,
            IntStream.range(0, 10_000)
                .mapToObj(i -> Proxies.open("/team/api-" + i))
                .toArray(DeployedProxy[]::new)));
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    String[] paths = {"/team/api-77/orders/1", "/nowhere/at/all", "/team/api-9999"};
    int passes = 0;
    long least = Long.MAX_VALUE;
    for (int round = 0; round < 20; round++) {
      long before = threads.getCurrentThreadAllocatedBytes();
      for (int i = 0; i < 10_000; i++) {
        passes += gate.current().answer("localhost", paths[i % 3]) == null ? 1 : 0;
      }
      least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
    }
    assertThat(passes).isEqualTo(200_000);
    assertThat(least).isLessThan(10_000);
  }
}
