package dev.intermission.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.intermission.api.DeployedProxy;
import dev.intermission.api.Snapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** No reading of any backend is missed, and none is made up where no dot segment is in doubt. */
class PathReadingsTest {

  private static final int SPELLINGS = 2_000;
  private static final int LONGEST = 9;
  private static final int BACKENDS_ASKED = 50;
  private static final List<Backend> BACKENDS = Backend.all();
  private static final Pattern PLAIN_DOTS =
      Pattern.compile("/(?:\\.|%2e){1,2}(?=/|$)", Pattern.CASE_INSENSITIVE);

  private static final List<String> NAMES =
      List.of("api", "v1", "api/v1", "closed", "closed", "closed", "open", "c%6Cosed", "x", "%zz");
  private static final List<String> SEPARATORS =
      List.of("/", "/", "/", "/", "\\", "%2F", "%2f", "%5C", "%252F", ";", ";x=1/", "%3B");
  private static final List<String> DOTS =
      List.of("//", ".", "..", "..", "..", "%2e%2E", "%252e%252e", "%25%32%65.", "..;", "..;x=1");
  private static final List<String> LENIENT =
      List.of(
          "%u002F",
          "%c0%af",
          "%253b",
          "%3F",
          "%23",
          "%00",
          "%u002e%u002e",
          "%c0%ae.",
          ".%FF.",
          "%2563losed",
          "clos%FFed",
          "%u0063losed",
          "caf%C3%A9",
          "caf%E9");

  /** The longest comes first. */
  private static final List<List<String>> ROUTES =
      List.of(
          List.of("closed", "open"),
          List.of("api", "v1"),
          List.of("closed"),
          List.of("caf\u00e9"),
          List.of("open"),
          List.of());

  private static final ServedSnapshot SERVED = served(ROUTES);

  private static ServedSnapshot served(List<List<String>> routes) {
    return served(
        Proxies.snapshot(
            1,
            routes.stream()
                .map(
                    route -> {
                      String path = "/" + String.join("/", route);
                      return isOpen(route) ? Proxies.open(path) : Proxies.closed(path);
                    })
                .toArray(DeployedProxy[]::new)));
  }

  private static boolean isOpen(List<String> route) {
    return route.isEmpty() || route.get(route.size() - 1).equals("open");
  }

  private static ServedSnapshot served(Snapshot snapshot) {
    Gate gate = new Gate(GateOptions.DEFAULTS);
    gate.publish(snapshot);
    return gate.current();
  }

  private static boolean isClosed(List<String> segments, List<List<String>> routes) {
    return routes.stream()
        .filter(r -> segments.size() >= r.size() && segments.subList(0, r.size()).equals(r))
        .findFirst()
        .filter(route -> !isOpen(route))
        .isPresent();
  }

  private static boolean isAnswered(String rawPath) {
    return SERVED.answer(null, rawPath) != null;
  }

  private static String spelling(Random random, List<List<String>> kinds) {
    List<String> parts = kinds.stream().flatMap(List::stream).toList();
    return Stream.generate(() -> parts.get(random.nextInt(parts.size())))
        .limit(1 + random.nextInt(LONGEST))
        .collect(Collectors.joining("", "/", ""));
  }

  /** Returns the path as a gateway sends it on, its plain dot segments resolved. */
  private static String resolved(String rawPath, boolean dropsParameters) {
    List<String> kept = new ArrayList<>();
    for (String segment : rawPath.substring(1).split("/", -1)) {
      String text = segment.replaceAll("(?i)%2e", ".");
      text = dropsParameters ? text.replaceFirst(";.*", "") : text;
      if (text.equals("..")) {
        kept.subList(Math.max(0, kept.size() - 1), kept.size()).clear();
      } else if (!text.equals(".")) {
        kept.add(segment);
      }
    }
    return "/" + String.join("/", kept);
  }

  private static @Nullable Backend whoTakesForClosed(
      String path, List<List<String>> routes, Stream<Backend> backends) {
    return backends.filter(b -> isClosed(b.segments(path), routes)).findAny().orElse(null);
  }

  private static Stream<Backend> someBackends(Random random) {
    return random.ints(BACKENDS_ASKED, 0, BACKENDS.size()).mapToObj(BACKENDS::get);
  }

  @Test
  void whatAnyBackendTakesForAClosedPathIsAnswered() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    int answered = 0;
    for (int i = 0; i < SPELLINGS; i++) {
      String path = spelling(random, List.of(NAMES, NAMES, SEPARATORS, SEPARATORS, DOTS, LENIENT));
      List<String> seen = new ArrayList<>();
      seen.add(resolved(path, false));
      seen.add(resolved(path, true));
      if (!PLAIN_DOTS.matcher(path).find()) {
        seen.add(path);
      }
      for (String sent : seen) {
        Backend backend = whoTakesForClosed(sent, ROUTES, someBackends(random));
        if (backend != null) {
          assertThat(isAnswered(path))
              .as("seed %d: %s as %s: %s", seed, path, sent, backend)
              .isTrue();
          answered++;
        }
      }
    }
    System.out.printf(
        Locale.ROOT, "seed %d: %d of %d spellings answered%n", seed, answered, 2 * SPELLINGS);
    assertThat(answered).isGreaterThan(SPELLINGS / 20);
  }

  /**
   * With one kind of doubt in a path, and without empty segments and a route in a route: elsewhere
   * two servers in a row may read more than one does.
   */
  @Test
  void whatNoBackendTakesForAClosedPathPassesWhereNoDotSegmentIsInDoubt() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    List<List<String>> besides = ROUTES.subList(1, ROUTES.size());
    ServedSnapshot served = served(besides);
    int passed = 0;
    for (int i = 0; i < SPELLINGS / 20; i++) {
      StringBuilder path = new StringBuilder();
      String doubt = SEPARATORS.get(random.nextInt(SEPARATORS.size()));
      for (int left = 1 + random.nextInt(LONGEST); left > 0; left--) {
        path.append(path.isEmpty() || random.nextBoolean() ? "/" : doubt)
            .append(NAMES.get(random.nextInt(NAMES.size())));
      }
      if (whoTakesForClosed(path.toString(), besides, BACKENDS.stream()) == null) {
        assertThat(served.answer(null, path.toString())).as("seed %d: %s", seed, path).isNull();
        passed++;
      }
    }
    assertThat(passed).isGreaterThan(SPELLINGS / 200);
  }

  /** Legitimate paths, while two other APIs are closed. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "/x/https%3A%2F%2Fhost%2Fa",
        "/open/https%3A%2F%2Fhost%2Fclosed",
        "/open/https://host/closed",
        "/open/a%5Cb%3Bc;d=e/%25%32%35/100%25/%E4",
        "/open;v=1/closed",
        "/open//closed",
        "/open/closed%2Fa",
        "/open/%2E%2E/open/closed",
        "/closed/../open/a%2Fclosed",
        "/closed/%2e%2e/open/caf%C3%A9",
        "/api/v1/../v2/a%20b",
        "/open/a%2F..%2Fclosed",
        "/open/a/b%2F..%2Fc%2Fclosed",
        "/open/%25closed/%u0020",
        "/closed/open/a%2Fb",
        "/closed%20/x",
        "/Closed/%41",
        "/api%2Fv2",
        "/caf%C3%A8"
      })
  void legitimatePathPasses(String path) {
    assertThat(isAnswered(path)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/open/a%2Fb", "/open/x%3Fy", "/open//a;b", "/op%65n", "/open/caf%C3%A9"})
  void rootThatIsClosedClosesNoOtherPath(String path) {
    ServedSnapshot served = served(Proxies.snapshot(1, Proxies.closed("/"), Proxies.open("/open")));
    assertThat(served.answer(null, path)).isNull();
    assertThat(served.answer(null, path.replace("n", "m"))).isNotNull();
  }

  @ParameterizedTest
  @CsvSource({
    "/closed%2f..;%2f..%2forders",
    "/closed%2f.;%2f..%2forders",
    "/closed%2f..;x=1%2f..%2forders",
    "/closed%2f..%2fopen/y",
    "/closed/..;/open",
    "/closed%252f..%252fopen",
    "/open/..%u002fclosed",
    "/open/..%uff0fclosed",
    "/open/..%c0%afclosed",
    "/open/..%e0%80%afclosed",
    "/open/..%f0%80%80%afclosed",
    "/open/%c0%ae%c0%ae/closed",
    "/open/.%ff./closed",
    "//.%c0%ae./api/v1",
    "/clo%c0%afsed",
    "/api%c0%af/%c1%9cv1",
    "/clos%25c0%25aeed",
    "/open/..\\closed",
    "/open/..%255cclosed",
    "/clos%ffed",
    "/caf%E9",
    "/closed%00.png",
    "/closed%3Fx",
    "/closed%23x",
    "/open//..%2F../closed",
    "/closed//../y"
  })
  void doubtfulPathOfAClosedRouteIsAnswered(String path) {
    assertThat(isAnswered(path)).isTrue();
  }

  /** More than is ever read: the path names route after route behind dot segments in doubt. */
  @Test
  void pathThatNeedsTooManyStepsIsAnswered() {
    StringBuilder path = new StringBuilder();
    List<DeployedProxy> proxies = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      proxies.add(Proxies.open("/api" + i));
      path.append("/api").append(i).append("/..;");
    }
    proxies.add(Proxies.closed("/closed"));
    ServedSnapshot served = served(Proxies.snapshot(1, proxies.toArray(DeployedProxy[]::new)));
    assertThat(served.answer(null, path.toString())).isNotNull();
  }
}
