package dev.intermission.bench.jmh;

import dev.intermission.gate.Answer;
import dev.intermission.gate.Gate;
import dev.intermission.gate.GateOptions;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** What the gate adds to a request whose path has 8 KB of one thing, with 10,000 proxies. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class LongPath {

  private static final int LENGTH = 8_192;
  private static final int PROXIES = 10_000;

  /** What the path repeats. */
  @Param({
    "/a",
    "/",
    "%2F",
    "/..%2F",
    "/a/..;",
    "%2Fa%2F..",
    "/team-1%2F..",
    "/team-1/..;/team-2/..;/team-3/..;/team-4/..;/team-5/..;/team-6/..;",
    "%5C;..%2e%2e%2F",
    "%252525",
    "/%FF/..;",
    "%c3%a9%ff"
  })
  public String part = "";

  private final Gate gate = new Gate(GateOptions.DEFAULTS);
  private String path = "";

  /** Publishes the proxies. */
  @Setup
  public void publish() {
    gate.publish(Environment.snapshot(PROXIES));
    path = "/x/" + part.repeat(LENGTH / part.length());
  }

  /** The decision for this path. */
  @Benchmark
  public @Nullable Answer decide() {
    return gate.current().answer(null, path);
  }
}
