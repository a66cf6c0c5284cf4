package dev.intermission.bench.jmh;

import dev.intermission.api.Snapshot;
import dev.intermission.api.SnapshotDelta;
import dev.intermission.gate.Gate;
import dev.intermission.gate.GateOptions;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** How long it takes to put a snapshot in force; requests go on meanwhile. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class Publish {

  /** How many proxies there are. */
  @Param({"1000", "100000", "1000000"})
  public int proxies;

  private final Gate gate = new Gate(GateOptions.DEFAULTS);
  private Snapshot first;
  private Snapshot current;

  /** Publishes the first snapshot. */
  @Setup
  public void publish() {
    first = Environment.snapshot(proxies);
    current = first;
    gate.publish(first);
  }

  /** All of it in a gate that had nothing, as at the start of a node. */
  @Benchmark
  public Gate everything() {
    Gate fresh = new Gate(GateOptions.DEFAULTS);
    fresh.publish(first);
    return fresh;
  }

  /** The settings of one proxy, as most deployments are. */
  @Benchmark
  public long settingsOfOneProxy() {
    long version = current.version() + 1;
    current =
        current.plus(
            new SnapshotDelta(
                "production",
                current.version(),
                version,
                List.of(Environment.proxy(0, version % 2 == 0, version, List.of())),
                List.of()));
    gate.publish(current);
    return gate.servedVersion();
  }

  /** A proxy that comes or goes, so that the routes change. */
  @Benchmark
  public long oneProxyMoreOrLess() {
    long version = current.version() + 1;
    boolean more = version % 2 == 0;
    var proxy = Environment.proxy(proxies, true, version, List.of());
    current =
        current.plus(
            new SnapshotDelta(
                "production",
                current.version(),
                version,
                more ? List.of(proxy) : List.of(),
                more ? List.of() : List.of(proxy.id())));
    gate.publish(current);
    return gate.servedVersion();
  }
}
