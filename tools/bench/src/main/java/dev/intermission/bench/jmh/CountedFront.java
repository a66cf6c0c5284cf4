package dev.intermission.bench.jmh;

import dev.intermission.api.DeployedProxy;
import dev.intermission.api.IpAddress;
import dev.intermission.api.Snapshot;
import dev.intermission.gate.Counted;
import dev.intermission.gate.Decision;
import dev.intermission.gate.Gate;
import dev.intermission.gate.GateOptions;
import dev.intermission.gate.RequestHead;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * What a front asks the gate about a request that passes, with and without the count of requests in
 * flight: what it is matched, entered and left for. 10,000 proxies; with several threads ({@code
 * -t}) all of them count at the same gate.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class CountedFront {

  private static final int PROXIES = 10_000;
  private static final RequestHead REQUEST = new Get();

  /** Whether half of the proxies are closed; requests go to the others. */
  @Param({"false", "true"})
  private boolean halfClosed;

  /** To how many proxies the requests go; with one, all threads count in the same place. */
  @Param({"1", "4096"})
  private int asked = 1;

  private final Gate gate = new Gate(GateOptions.DEFAULTS);
  private String[] paths;

  /** Which path a thread asks for next. */
  @State(Scope.Thread)
  public static class Next {

    private int number;

    String of(String[] paths, int asked) {
      return paths[number++ & (asked - 1)];
    }
  }

  /** Publishes the proxies. */
  @Setup
  public void publish() {
    gate.publish(
        new Snapshot(
            "production",
            1,
            IntStream.range(0, PROXIES)
                .mapToObj(
                    number ->
                        Environment.proxy(number, halfClosed && number % 2 == 0, 1, List.of()))
                .collect(Collectors.toMap(DeployedProxy::id, proxy -> proxy))));
    paths = Environment.paths(PROXIES, proxy -> Environment.path(proxy | 1) + "/orders/4711");
  }

  /** Counts nothing, as is the default. */
  @Benchmark
  public Decision uncounted(Next next) {
    return gate.current().decide(null, next.of(paths, asked), REQUEST);
  }

  /** Counts the request until it is over, which is at once. */
  @Benchmark
  public Decision counted(Next next) {
    Counted counted = Counted.decide(gate, null, next.of(paths, asked), REQUEST);
    if (counted.entry() != null) {
      counted.entry().leave();
    }
    return counted.decision();
  }

  /** A request of which nothing is read. */
  private static final class Get implements RequestHead {

    @Override
    public String method() {
      return "GET";
    }

    @Override
    public @Nullable String query() {
      return null;
    }

    @Override
    public @Nullable IpAddress address() {
      return null;
    }

    @Override
    public @Nullable String contentType() {
      return null;
    }

    @Override
    public @Nullable String field(String name) {
      return null;
    }

    @Override
    public void eachField(BiConsumer<String, String> reader) {}
  }
}
