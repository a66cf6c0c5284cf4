package dev.intermission.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.intermission.api.ApiProxy;
import dev.intermission.api.DeployedProxy;
import dev.intermission.api.MaintenanceSettings;
import dev.intermission.api.ProxyId;
import dev.intermission.api.Route;
import dev.intermission.api.Snapshot;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RouteIndexTest {

  private static final List<String> SEGMENTS =
      List.of("a", "b", "aa", "ab", "v1", "v10", "Aa", "BB", "é");
  private static final List<String> HOSTS = List.of("x.example", "y.example", "[::1]");

  /** The reference: every route is looked at. */
  private static Optional<ProxyId> searched(Snapshot snapshot, @Nullable String host, String path) {
    return snapshot.proxies().values().stream()
        .flatMap(
            proxy -> proxy.proxy().routes().stream().map(route -> Map.entry(route, proxy.id())))
        .filter(entry -> covers(entry.getKey(), host, path))
        .min(
            Comparator.comparing((Map.Entry<Route, ProxyId> entry) -> entry.getKey().host() == null)
                .thenComparing(entry -> -entry.getKey().path().length())
                .thenComparing(entry -> entry.getValue().name()))
        .map(Map.Entry::getValue);
  }

  private static boolean covers(Route route, @Nullable String host, String path) {
    return (route.host() == null || route.host().equals(host))
        && (path.equals(route.path())
            || route.path().equals("/")
            || path.startsWith(route.path() + "/"));
  }

  private static String path(Random random, int most) {
    return IntStream.range(0, random.nextInt(most + 1))
        .mapToObj(i -> "/" + SEGMENTS.get(random.nextInt(SEGMENTS.size())))
        .collect(
            Collectors.collectingAndThen(Collectors.joining(), all -> all.isEmpty() ? "/" : all));
  }

  private static Snapshot snapshot(Random random) {
    List<DeployedProxy> proxies = new ArrayList<>();
    for (int i = random.nextInt(40); i > 0; i--) {
      List<String> hosts =
          random.nextInt(3) == 0 ? List.of(HOSTS.get(random.nextInt(HOSTS.size()))) : List.of();
      proxies.add(
          new DeployedProxy(Proxies.proxy(path(random, 4), hosts), 1, MaintenanceSettings.DEFAULT));
    }
    return new Snapshot(
        "production",
        random.nextInt(1_000),
        proxies.stream()
            .collect(
                Collectors.toMap(DeployedProxy::id, Function.identity(), (one, other) -> one)));
  }

  @Test
  void indexFindsWhatASearchThroughEveryRouteFinds() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int round = 0; round < 500; round++) {
      Snapshot snapshot = snapshot(random);
      RouteIndex index = index(snapshot);
      List<ProxyId> ids = ids(index);
      for (int request = 0; request < 200; request++) {
        String path = path(random, 6);
        int pick = random.nextInt(HOSTS.size() + 2);
        String host =
            pick < HOSTS.size() ? HOSTS.get(pick) : pick == HOSTS.size() ? null : "z.example";
        int place = index.find(host, path);
        assertThat(place == RouteIndex.NONE ? Optional.empty() : Optional.of(ids.get(place)))
            .as("seed %d: %s %s in %s", seed, host, path, ids)
            .isEqualTo(searched(snapshot, host, path));
        if (!path.equals("/")) {
          assertThat(index.find(host, path + "/")).as("seed %d", seed).isEqualTo(place);
        }
      }
    }
  }

  /** With 0 for the random number, paths of the same characters have one hash. */
  @Test
  void pathsOfOneHashAreToldApart() {
    List<DeployedProxy> proxies = new ArrayList<>();
    List<String> paths = new ArrayList<>();
    for (int bits = 0; bits < 1 << 10; bits++) {
      StringBuilder path = new StringBuilder("/");
      for (int bit = 0; bit < 10; bit++) {
        path.append((bits >> bit & 1) == 0 ? "ab" : "ba");
      }
      paths.add(path.toString());
      proxies.add(Proxies.open(path.toString()));
    }
    RouteIndex index = RouteIndex.of(proxies, 0);
    List<ProxyId> ids = ids(index);
    for (String path : paths) {
      assertThat(ids.get(index.find(null, path)).name()).isEqualTo("[]" + path);
      assertThat(ids.get(index.find(null, path + "/x")).name()).isEqualTo("[]" + path);
      assertThat(index.find(null, path + "ab")).isEqualTo(RouteIndex.NONE);
    }
  }

  @Test
  void pathsOfAnyDepthAndLengthAreFound() {
    List<DeployedProxy> proxies = new ArrayList<>();
    for (int depth = 1; depth <= 200; depth++) {
      proxies.add(Proxies.open("/a".repeat(depth)));
    }
    proxies.add(Proxies.open("/" + "x".repeat(100_000)));
    RouteIndex index = index(Proxies.snapshot(1, proxies.toArray(DeployedProxy[]::new)));
    List<ProxyId> ids = ids(index);
    for (DeployedProxy proxy : proxies) {
      String path = proxy.proxy().relativePathList().get(0);
      assertThat(ids.get(index.find(null, path))).isEqualTo(proxy.id());
      assertThat(ids.get(index.find(null, path + "/b/c"))).isEqualTo(proxy.id());
    }
    assertThat(index.find(null, "/" + "x".repeat(70_000))).isEqualTo(RouteIndex.NONE);
  }

  @Test
  void tenThousandProxiesAreEachFoundByTheirOwnPath() {
    DeployedProxy[] proxies =
        IntStream.range(0, 10_000)
            .mapToObj(i -> Proxies.open("/team-" + i % 100 + "/api-" + i + "/v1"))
            .toArray(DeployedProxy[]::new);
    RouteIndex index = index(Proxies.snapshot(1, proxies));
    List<ProxyId> ids = ids(index);
    for (DeployedProxy proxy : proxies) {
      String path = proxy.proxy().relativePathList().get(0);
      assertThat(ids.get(index.find(null, path + "/orders/7"))).isEqualTo(proxy.id());
      assertThat(index.find(null, path + "0")).isEqualTo(RouteIndex.NONE);
    }
  }

  @Test
  void routeThatManyProxiesClaimBelongsToTheFirstByProjectAndName() {
    DeployedProxy[] claims =
        IntStream.range(0, 64)
            .mapToObj(i -> new ProxyId("project-" + i % 8, "api-" + i / 8))
            .map(id -> claim(id, List.of("/", "/a/b")))
            .toArray(DeployedProxy[]::new);
    RouteIndex index = index(Proxies.snapshot(1, claims));
    List<ProxyId> ids = ids(index);
    assertThat(ids.get(index.find(null, "/"))).isEqualTo(new ProxyId("project-0", "api-0"));
    assertThat(ids.get(index.find(null, "/a/b/c"))).isEqualTo(new ProxyId("project-0", "api-0"));
    for (DeployedProxy claim : claims) {
      assertThat(ids.get(index.indexOf(claim.id()))).isEqualTo(claim.id());
    }
    assertThat(index.indexOf(new ProxyId("project-0", "api-8"))).isEqualTo(RouteIndex.NONE);
  }

  @Test
  void textNamesTheNumbersAndTheFirstRoutes() {
    assertThat(index(Proxies.snapshot(1, Proxies.open("/api/v1"))))
        .hasToString(
            "RouteIndex[1 proxies, routes of 0 hosts, first: [Route[host=null, path=/api/v1]]]");
  }

  private static DeployedProxy claim(ProxyId id, List<String> paths) {
    ApiProxy like = Proxies.proxy("/", List.of());
    ApiProxy proxy =
        new ApiProxy(id, "", "REST", paths, List.of(), like.routing(), List.of(), "PRIVATE", false);
    return new DeployedProxy(proxy, 1, MaintenanceSettings.DEFAULT);
  }

  @Test
  void indexIsKeptWhileNoRouteChanges() {
    DeployedProxy open = Proxies.open("/a");
    Snapshot before = Proxies.snapshot(1, open);
    RouteIndex index = index(before);
    assertThat(index.isKeptBy(Proxies.snapshot(2, Proxies.closed("/a")).since(before))).isTrue();
    assertThat(index.isKeptBy(Proxies.snapshot(2).since(before))).isFalse();
    assertThat(index.isKeptBy(Proxies.snapshot(2, Proxies.open("/b")).since(before))).isFalse();
    ApiProxy moved = Proxies.proxy("/b", List.of());
    ApiProxy sameId =
        new ApiProxy(
            open.id(),
            "",
            "REST",
            List.of("/b"),
            List.of(),
            moved.routing(),
            List.of(),
            "PRIVATE",
            false);
    DeployedProxy movedProxy = new DeployedProxy(sameId, 2, open.settings());
    assertThat(index.isKeptBy(Proxies.snapshot(2, movedProxy).since(before))).isFalse();
  }

  private static RouteIndex index(Snapshot snapshot) {
    return RouteIndex.of(snapshot.proxies().values());
  }

  private static List<ProxyId> ids(RouteIndex index) {
    return index.proxies().stream().map(ApiProxy::id).toList();
  }
}
