package dev.intermission.bench.jmh;

import dev.intermission.api.DeployedProxy;
import dev.intermission.api.Snapshot;
import dev.intermission.gate.Answer;
import dev.intermission.gate.Gate;
import dev.intermission.gate.GateOptions;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** What the gate adds to a request, with 10,000 proxies. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class GateDecision {

  private static final int PROXIES = 10_000;

  private final Gate gate = new Gate(GateOptions.DEFAULTS);
  private final Gate allOpen = new Gate(GateOptions.DEFAULTS);
  private String[] open;
  private String[] closed;
  private String[] escaped;
  private String[] doubtful;
  private int next;

  /** Publishes the proxies and asks each closed one once, so that its answer is prepared. */
  @Setup
  public void publish() {
    gate.publish(Environment.snapshot(PROXIES));
    allOpen.publish(
        new Snapshot(
            "production",
            1,
            IntStream.range(0, PROXIES)
                .mapToObj(number -> Environment.proxy(number, false, 1, List.of()))
                .collect(Collectors.toMap(DeployedProxy::id, proxy -> proxy))));
    open = Environment.paths(PROXIES, proxy -> Environment.path(proxy | 1) + "/orders/4711");
    closed = Environment.paths(PROXIES, proxy -> Environment.path(proxy & ~1) + "/orders/4711");
    escaped = Environment.paths(PROXIES, proxy -> Environment.path(proxy | 1) + "/caf%C3%A9");
    doubtful = Environment.paths(PROXIES, proxy -> Environment.path(proxy | 1) + "/a%2Fb;c=d");
    for (int proxy = 0; proxy < PROXIES; proxy++) {
      gate.current().answer(null, Environment.path(proxy));
    }
  }

  private @Nullable Answer decide(String[] paths) {
    return gate.current().answer(null, paths[next++ & (paths.length - 1)]);
  }

  /** A request that passes while no proxy is closed. */
  @Benchmark
  public @Nullable Answer openWhileAllAreOpen() {
    return allOpen.current().answer(null, open[next++ & (open.length - 1)]);
  }

  /** A request that passes. */
  @Benchmark
  public @Nullable Answer open() {
    return decide(open);
  }

  /** A request that is answered. */
  @Benchmark
  public @Nullable Answer closed() {
    return decide(closed);
  }

  /** A request that passes, whose path has to be decoded. */
  @Benchmark
  public @Nullable Answer openWithAnEscape() {
    return decide(escaped);
  }

  /** A request that passes, whose path can be read in several ways. */
  @Benchmark
  public @Nullable Answer openInDoubt() {
    return decide(doubtful);
  }
}
