package dev.intermission.gateway.backends;

import static org.assertj.core.api.Assertions.assertThat;

import dev.intermission.api.ApiProxy;
import dev.intermission.api.ProxyId;
import dev.intermission.api.RoutingAddress;
import dev.intermission.gate.Wire;
import dev.intermission.gateway.RunningGateway;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Spellings of paths, sent through the gateway to real servers: with {@code /closed} and {@code
 * /api/v1} closed, {@code /open} open and an open {@code /} on the same upstream, no server gives a
 * request to what it has at the closed paths. {@code -Dspellings.seed=} repeats a run.
 */
class RealBackendsTest {

  private static final String CLOSE =
      """
      {"enabled": true, "httpStatusCode": 503, "contentType": "text/plain",
       "message": "gate", "deploy": true, "deployTargetEnvironmentNameList": ["production"]}""";

  private static final List<String> PLAIN =
      List.of("/", "/x", "/closedx", "/api", "/api/v10", "/open", "/open/closed", "/x/api/v1");

  private static final List<String> OPEN =
      List.of(
          "/open", "/open/", "/open/x", "/open/x/../y", "/open/closed", "//open/x", "/x/../open");

  private static final int ATTEMPTS = 3;
  private static final Set<Integer> TOO_SLOW = Set.of(408, 502, 504);

  /** What became of a request. */
  private enum Outcome {
    BY_GATE,
    REFUSED,
    TO_CLOSED,
    TO_OPEN,
    TO_OTHER,
    TO_NONE;

    static Outcome of(Wire.Reply reply) {
      return switch (reply.text()) {
        case "gate" -> BY_GATE;
        case RealBackend.CLOSED -> TO_CLOSED;
        case RealBackend.OPEN -> TO_OPEN;
        case RealBackend.OTHER -> TO_OTHER;
        default -> reply.text().contains("AMBIGUOUS_PATH") ? REFUSED : TO_NONE;
      };
    }
  }

  private static ApiProxy proxy(RealBackend backend, String path) {
    return new ApiProxy(
        new ProxyId("MyProject", backend.name() + path.replace('/', '-')),
        "",
        "REST",
        List.of(path),
        List.of(backend.name()),
        List.of(
            new RoutingAddress(
                URI.create("http://127.0.0.1:" + backend.port() + path.replaceFirst("/$", "")),
                1,
                false)),
        List.of(),
        "PRIVATE",
        false);
  }

  private static List<RealBackend> start(Path folder) throws Exception {
    List<RealBackend> started = new ArrayList<>();
    try {
      started.addAll(ProgramBackend.nginx(folder));
      started.addAll(ProgramBackend.node(folder));
      started.addAll(ProgramBackend.flask(folder));
      started.add(new TomcatBackend(folder));
      started.add(new JettyBackend());
      started.add(new UndertowBackend());
      started.add(new VertxBackend());
      return started;
    } catch (Exception | Error e) {
      stop(started);
      throw e;
    }
  }

  private static void stop(List<RealBackend> backends) {
    backends.forEach(RealBackend::close);
  }

  /** Sends all to one backend, over as few connections as it lets be. */
  private static List<Outcome> send(int port, RealBackend backend, List<String> targets)
      throws IOException {
    List<Outcome> outcomes = new ArrayList<>();
    @Nullable Wire wire = null;
    try {
      for (String target : targets) {
        Wire.Reply reply = null;
        for (int attempt = 1; reply == null; attempt++) {
          wire = wire == null ? new Wire(port) : wire;
          reply = exchange(wire, backend, target, attempt == ATTEMPTS);
          if (reply == null
              || reply.field("Connection") != null
              || reply.field("Content-Length") == null) {
            wire.close();
            wire = null;
          }
        }
        outcomes.add(Outcome.of(reply));
      }
    } finally {
      if (wire != null) {
        wire.close();
      }
    }
    return outcomes;
  }

  /** Returns the reply, or null where a machine that is busy was too slow for a time-out. */
  private static Wire.@Nullable Reply exchange(
      Wire wire, RealBackend backend, String target, boolean last) throws IOException {
    try {
      wire.send("GET " + target + " HTTP/1.1\r\nHost: " + backend.name() + "\r\n\r\n");
      Wire.Reply reply = wire.read(false);
      return last || !TOO_SLOW.contains(reply.status()) ? reply : null;
    } catch (IOException e) {
      if (last) {
        throw e;
      }
      return null;
    }
  }

  private static void close(RunningGateway gateway, List<ApiProxy> proxies) throws Exception {
    for (ApiProxy proxy : proxies) {
      if (proxy.relativePathList().contains("/closed")
          || proxy.relativePathList().contains("/api/v1")) {
        assertThat(gateway.patch(proxy.id(), CLOSE).statusCode()).isEqualTo(200);
      }
    }
  }

  private void noneIsDispatchedToAClosedPath(int spellings, Path folder) throws Exception {
    long seed = Long.getLong("spellings.seed", System.nanoTime());
    Spellings generator = new Spellings(seed);
    List<String> targets = Stream.generate(generator::next).limit(spellings).toList();
    List<RealBackend> backends = start(folder);
    try {
      List<ApiProxy> proxies =
          backends.stream()
              .flatMap(
                  backend ->
                      Stream.of("/", "/open", "/closed", "/api/v1")
                          .map(path -> proxy(backend, path)))
              .toList();
      try (RunningGateway gateway =
          RunningGateway.start(
              RunningGateway.config(folder.resolve("data"), proxies.toArray(ApiProxy[]::new)))) {
        List<String> share = targets.subList(0, targets.size() / 10);
        Map<RealBackend, List<Outcome>> open = sendAll(gateway, backends, share);
        close(gateway, proxies);
        Map<RealBackend, List<Outcome>> closed = sendAll(gateway, backends, targets);
        Map<RealBackend, List<Outcome>> plain = sendAll(gateway, backends, PLAIN);
        for (RealBackend backend : backends) {
          System.out.printf(
              Locale.ROOT,
              "seed %d, %d spellings to %s: %s; while open, %d: %s%n",
              seed,
              targets.size(),
              backend.name(),
              counts(outcomes(closed, backend)),
              share.size(),
              counts(outcomes(open, backend)));
        }
        for (RealBackend backend : backends) {
          List<Outcome> outcomes = outcomes(closed, backend);
          assertThat(targetsWith(Set.of(Outcome.TO_CLOSED), targets, outcomes))
              .as("seed %d at %s", seed, backend.name())
              .isEmpty();
          assertThat(outcomes(plain, backend)).as(backend.name()).doesNotContain(Outcome.BY_GATE);
          // That they are told apart, and reach the server at all.
          assertThat(outcomes(open, backend)).contains(Outcome.TO_CLOSED, Outcome.TO_OTHER);
        }
      }
    } finally {
      stop(backends);
    }
  }

  private static List<Outcome> outcomes(Map<RealBackend, List<Outcome>> all, RealBackend backend) {
    return all.getOrDefault(backend, List.of());
  }

  private static List<String> targetsWith(
      Set<Outcome> wrong, List<String> targets, List<Outcome> outcomes) {
    return IntStream.range(0, targets.size())
        .filter(i -> wrong.contains(outcomes.get(i)))
        .mapToObj(targets::get)
        .toList();
  }

  private static Map<Outcome, Integer> counts(List<Outcome> outcomes) {
    Map<Outcome, Integer> counts = new EnumMap<>(Outcome.class);
    outcomes.forEach(outcome -> counts.merge(outcome, 1, Integer::sum));
    return counts;
  }

  private static Map<RealBackend, List<Outcome>> sendAll(
      RunningGateway gateway, List<RealBackend> backends, List<String> targets)
      throws InterruptedException, ExecutionException {
    ExecutorService threads = Executors.newFixedThreadPool(backends.size());
    try {
      List<Callable<List<Outcome>>> calls = new ArrayList<>();
      backends.forEach(b -> calls.add(() -> send(gateway.trafficPort(), b, targets)));
      Map<RealBackend, List<Outcome>> outcomes = new HashMap<>();
      List<Future<List<Outcome>>> done = threads.invokeAll(calls);
      for (int i = 0; i < done.size(); i++) {
        outcomes.put(backends.get(i), done.get(i).get());
      }
      return outcomes;
    } finally {
      threads.shutdownNow();
    }
  }

  /** All is closed but {@code /open}: what passes the gate is at {@code /open} for each server. */
  private void nothingPassesAsAnOpenPath(int spellings, Path folder) throws Exception {
    long seed = Long.getLong("spellings.seed", System.nanoTime());
    Spellings generator = new Spellings(seed);
    List<String> targets = new ArrayList<>(OPEN);
    Stream.generate(generator::next).limit(spellings).forEach(targets::add);
    List<RealBackend> backends = start(folder);
    try {
      List<ApiProxy> proxies = backends.stream().map(backend -> proxy(backend, "/")).toList();
      try (RunningGateway gateway =
          RunningGateway.start(
              RunningGateway.config(folder.resolve("data"), proxies.toArray(ApiProxy[]::new)))) {
        for (ApiProxy proxy : proxies) {
          assertThat(
                  gateway
                      .patch(proxy.id(), CLOSE.replaceFirst("}$", ", \"openPaths\": [\"/open\"]}"))
                      .statusCode())
              .isEqualTo(200);
        }
        Map<RealBackend, List<Outcome>> all = sendAll(gateway, backends, targets);
        for (RealBackend backend : backends) {
          System.out.printf(
              Locale.ROOT,
              "seed %d, %d spellings to %s, with /open open: %s%n",
              seed,
              targets.size(),
              backend.name(),
              counts(outcomes(all, backend)));
        }
        for (RealBackend backend : backends) {
          List<Outcome> outcomes = outcomes(all, backend);
          assertThat(targetsWith(Set.of(Outcome.TO_CLOSED, Outcome.TO_OTHER), targets, outcomes))
              .as("seed %d at %s", seed, backend.name())
              .isEmpty();
          assertThat(outcomes.subList(0, OPEN.size()))
              .as(backend.name())
              .containsOnly(Outcome.TO_OPEN);
          assertThat(outcomes).contains(Outcome.BY_GATE);
        }
      }
    } finally {
      stop(backends);
    }
  }

  @Test
  @Tag("slow")
  void someSpellingsPassAsNoOpenPath(@TempDir Path folder) throws Exception {
    nothingPassesAsAnOpenPath(4_000, folder);
  }

  @Test
  @Tag("exhaustive")
  void fiftyThousandSpellingsPassAsNoOpenPath(@TempDir Path folder) throws Exception {
    nothingPassesAsAnOpenPath(50_000, folder);
  }

  @Test
  @Tag("slow")
  void someSpellingsReachNoClosedPath(@TempDir Path folder) throws Exception {
    noneIsDispatchedToAClosedPath(4_000, folder);
  }

  @Test
  @Tag("exhaustive")
  void fiftyThousandSpellingsReachNoClosedPath(@TempDir Path folder) throws Exception {
    noneIsDispatchedToAClosedPath(50_000, folder);
  }
}
