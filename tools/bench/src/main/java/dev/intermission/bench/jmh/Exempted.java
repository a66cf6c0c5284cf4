package dev.intermission.bench.jmh;

import dev.intermission.api.AddressRange;
import dev.intermission.api.BypassToken;
import dev.intermission.api.DeployedProxy;
import dev.intermission.api.Exemptions;
import dev.intermission.api.IpAddress;
import dev.intermission.api.ProxyParts;
import dev.intermission.api.Snapshot;
import dev.intermission.api.TokenHash;
import dev.intermission.gate.Decision;
import dev.intermission.gate.Gate;
import dev.intermission.gate.GateOptions;
import dev.intermission.gate.RequestHead;
import java.time.Instant;
import java.util.List;
import java.util.Map;
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
 * What it adds to an answer that its API has exemptions, none of which applies: the decision on a
 * request to a closed API, with 10,000 proxies. Without any in the environment it is {@code none}.
 * The closed APIs have the same ones, or each has its own.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class Exempted {

  private static final int PROXIES = 10_000;
  private static final List<String> METHODS = List.of("POST", "PUT", "PATCH", "DELETE");

  private static final RequestHead REQUEST = new PostOfABrowser();

  /** What the closed APIs have: as many as are allowed. */
  public enum Kind {
    NONE,
    CLOSED_METHODS,
    OPEN_PATHS,
    OPEN_TO_ADDRESSES,
    ADMIT_PERCENT_BY_ADDRESS,
    ADMIT_PERCENT_BY_FIELD,
    ALL,
    OPEN_PATHS_OF_ITS_OWN,
    OPEN_TO_ADDRESSES_OF_ITS_OWN,
    ALL_OF_ITS_OWN,
    BYPASS_TOKENS
  }

  @Param private Kind exemption = Kind.NONE;

  private final Gate gate = new Gate(GateOptions.DEFAULTS);
  private String[] paths;
  private int next;

  /** Returns one that is ready, with exemptions of this kind. */
  static Exempted of(Kind exemption) {
    Exempted made = new Exempted();
    made.exemption = exemption;
    made.publish();
    return made;
  }

  /** Publishes the proxies and asks each closed one once, so that its answer is prepared. */
  @Setup
  public void publish() {
    ProxyParts parts = exemption == Kind.BYPASS_TOKENS ? tokens() : ProxyParts.NONE;
    gate.publish(
        new Snapshot(
            "production",
            1,
            IntStream.range(0, PROXIES)
                .mapToObj(number -> deployed(number, parts))
                .collect(Collectors.toMap(DeployedProxy::id, proxy -> proxy))));
    paths = Environment.paths(PROXIES, proxy -> Environment.path(proxy & ~1) + "/orders/4711");
    for (String path : paths) {
      gate.current().decide(null, path, REQUEST);
    }
  }

  private DeployedProxy deployed(int number, ProxyParts parts) {
    DeployedProxy proxy = Environment.proxy(number, number % 2 == 0, 1, List.of());
    return new DeployedProxy(
        proxy.proxy(), 1, proxy.settings().withExemptions(exemptions(number)), parts);
  }

  private Exemptions exemptions(int number) {
    return switch (exemption) {
      case NONE, BYPASS_TOKENS -> Exemptions.NONE;
      case CLOSED_METHODS -> new Exemptions(METHODS, List.of(), List.of());
      case OPEN_PATHS -> new Exemptions(List.of(), open(0), List.of());
      case OPEN_PATHS_OF_ITS_OWN -> new Exemptions(List.of(), open(number), List.of());
      case OPEN_TO_ADDRESSES -> new Exemptions(List.of(), List.of(), ranges(0));
      case OPEN_TO_ADDRESSES_OF_ITS_OWN -> new Exemptions(List.of(), List.of(), ranges(number));
      case ADMIT_PERCENT_BY_ADDRESS -> new Exemptions(List.of(), List.of(), List.of(), 1, null);
      case ADMIT_PERCENT_BY_FIELD ->
          new Exemptions(List.of(), List.of(), List.of(), 1, "X-Api-Key");
      case ALL -> new Exemptions(METHODS, open(0), ranges(0), 1, "X-Api-Key");
      case ALL_OF_ITS_OWN -> new Exemptions(METHODS, open(number), ranges(number), 1, "X-Api-Key");
    };
  }

  private static List<String> open(int own) {
    return IntStream.range(0, Exemptions.MAX_PATHS)
        .mapToObj(i -> "/orders/health-" + i + "-" + own)
        .toList();
  }

  private static List<AddressRange> ranges(int own) {
    return IntStream.range(0, Exemptions.MAX_ADDRESSES)
        .mapToObj(
            i ->
                i % 2 == 0
                    ? "10." + i + "." + own % 256 + ".0/24"
                    : "fd00:" + i + ":" + own + "::/48")
        .map(AddressRange::parse)
        .toList();
  }

  /** A hundred in force, none of which is the one that the request has. */
  private static ProxyParts tokens() {
    return new ProxyParts(
        IntStream.range(0, 100)
            .mapToObj(
                i ->
                    new BypassToken(
                        "token-" + i,
                        "",
                        TokenHash.of("imb_" + i),
                        "operator",
                        Instant.EPOCH,
                        Instant.MAX))
            .toList());
  }

  /** A request that is answered. */
  @Benchmark
  public Decision closed() {
    return gate.current().decide(null, paths[next++ & (paths.length - 1)], REQUEST);
  }

  /** A request that no exemption applies to: its client does not belong to the share. */
  private static final class PostOfABrowser implements RequestHead {

    private static final Map<String, String> FIELDS =
        Map.of(
            "Accept",
            "*/*",
            "User-Agent",
            "Mozilla/5.0",
            "X-Api-Key",
            "7f3c8a51-0d2e",
            BypassToken.HEADER,
            "imb_not-one-of-them-but-of-the-same-length-0123");

    private final IpAddress address = new IpAddress(0, (0xFFFFL << 32) | 0xC0000207L);

    @Override
    public String method() {
      return "POST";
    }

    @Override
    public @Nullable String query() {
      return null;
    }

    @Override
    public IpAddress address() {
      return address;
    }

    @Override
    public @Nullable String contentType() {
      return null;
    }

    @Override
    public @Nullable String field(String name) {
      return FIELDS.get(name);
    }

    @Override
    public void eachField(BiConsumer<String, String> reader) {
      FIELDS.forEach(reader);
    }
  }
}
