package dev.intermission.bench.jmh;

import dev.intermission.api.DeployedProxy;
import dev.intermission.gate.Gate;
import dev.intermission.gate.GateOptions;
import dev.intermission.gate.ServedSnapshot;
import java.util.List;
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

/** How long it takes to find the proxy of a path, by the number of proxies. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class RouteMatch {

  /** How many proxies there are. */
  @Param({"10", "1000", "10000", "100000", "1000000"})
  public int proxies;

  private ServedSnapshot anyHost;
  private ServedSnapshot hosts;
  private String[] hit;
  private String[] deep;
  private String[] miss;
  private int next;

  /** Publishes the proxies, once for any host and once for two named hosts. */
  @Setup
  public void publish() {
    anyHost = served(List.of());
    hosts = served(List.of(Environment.HOST, "other.example.com"));
    hit = Environment.paths(proxies, proxy -> Environment.path(proxy) + "/orders");
    deep =
        Environment.paths(proxies, proxy -> Environment.path(proxy) + "/a/b/c/d/e/f/g/h/i/j/k/l");
    miss = Environment.paths(proxies, proxy -> "/team-" + proxy + "/no-such-api/v1/orders");
  }

  private ServedSnapshot served(List<String> ofHosts) {
    Gate gate = new Gate(GateOptions.DEFAULTS);
    gate.publish(Environment.snapshot(proxies, ofHosts));
    return gate.current();
  }

  private String next(String[] paths) {
    return paths[next++ & (paths.length - 1)];
  }

  /** A path with four segments that belongs to a proxy. */
  @Benchmark
  public @Nullable DeployedProxy hit() {
    return anyHost.route(null, next(hit));
  }

  /** A path with fifteen segments that belongs to a proxy. */
  @Benchmark
  public @Nullable DeployedProxy deepPath() {
    return anyHost.route(null, next(deep));
  }

  /** A path with four segments that belongs to none. */
  @Benchmark
  public @Nullable DeployedProxy miss() {
    return anyHost.route(null, next(miss));
  }

  /** A path that belongs to a proxy on the request's host. */
  @Benchmark
  public @Nullable DeployedProxy hostHit() {
    return hosts.route(Environment.HOST, next(hit));
  }
}
