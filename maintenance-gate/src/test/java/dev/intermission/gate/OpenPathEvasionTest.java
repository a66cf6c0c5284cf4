package dev.intermission.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.intermission.api.DeployedProxy;
import dev.intermission.api.Exemptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * Generated spellings of paths, read as servers of many kinds would read them: none that any of
 * these takes for a closed path passes as an open one. The real servers are asked in the tests of
 * the gateway.
 */
class OpenPathEvasionTest {

  private static final int COUNT = 50_000;
  private static final TestHead GET = TestHead.of("GET");
  private static final Pattern ESCAPE = Pattern.compile("%([0-9A-Fa-f]{2})");

  private static final Pattern ESCAPED_DOT = Pattern.compile("%2[Ee]");

  private static final List<String> NAMES =
      List.of("orders", "orders", "health", "health", "health", "admin", "x");
  private static final List<String> SEPARATORS =
      List.of(
          "/", "/", "/", "/", "/", "//", "%2F", "%2f", "%252F", "\\", "%5C", "%255c", ";/", ";x=1/",
          ";%2f", "%3B/", "/./");
  private static final List<String> DOTS =
      List.of(
          "..", "..", "..", ".", "..;", "..;x=1", "%2e%2e", "%2E.", "%252e%252e", "..%3B", ".;");

  /** How a server reads a path that the gateway sends on, with plain dot segments resolved. */
  private record Reader(
      boolean resolvesBefore,
      int decodings,
      boolean knowsBackslash,
      boolean knowsParameters,
      boolean dropsEmpty) {

    private static final Reader PLAIN = new Reader(false, 0, false, false, false);

    List<String> read(String path) {
      String text = PLAIN.sent(path);
      text = resolvesBefore ? "/" + String.join("/", resolved(text)) : text;
      for (int i = 0; i < decodings; i++) {
        text = decoded(text);
      }
      return resolved(knowsBackslash ? text.replace('\\', '/') : text);
    }

    private String sent(String path) {
      return "/" + String.join("/", resolved(ESCAPED_DOT.matcher(path).replaceAll(".")));
    }

    private List<String> resolved(String path) {
      List<String> segments = new ArrayList<>();
      for (String raw : path.substring(1).split("/", -1)) {
        String segment = knowsParameters ? raw.replaceFirst(";.*", "") : raw;
        if (segment.equals("..")) {
          if (!segments.isEmpty()) {
            segments.remove(segments.size() - 1);
          }
        } else if (!segment.equals(".") && !(dropsEmpty && segment.isEmpty())) {
          segments.add(segment);
        }
      }
      return segments;
    }

    private static String decoded(String text) {
      return ESCAPE
          .matcher(text)
          .replaceAll(
              escape ->
                  Matcher.quoteReplacement(
                      String.valueOf((char) Integer.parseInt(escape.group(1), 16))));
    }
  }

  private static List<Reader> readers() {
    List<Reader> readers = new ArrayList<>();
    for (int bits = 0; bits < 16; bits++) {
      for (int decodings = 1; decodings <= 2; decodings++) {
        readers.add(
            new Reader(
                (bits & 1) != 0, decodings, (bits & 2) != 0, (bits & 4) != 0, (bits & 8) != 0));
      }
    }
    return readers;
  }

  private static String any(List<String> parts, Random random) {
    return parts.get(random.nextInt(parts.size()));
  }

  private static String spelling(Random random) {
    StringBuilder path = new StringBuilder(random.nextBoolean() ? "/" : "/orders/health/");
    int parts = 1 + random.nextInt(6);
    for (int i = 0; i < parts; i++) {
      path.append(i == 0 ? "" : any(SEPARATORS, random));
      path.append(random.nextInt(10) < 7 ? spelled(any(NAMES, random), random) : any(DOTS, random));
    }
    return path.toString();
  }

  private static String spelled(String name, Random random) {
    if (random.nextInt(8) > 0) {
      return name;
    }
    int at = random.nextInt(name.length());
    String escape = String.format(Locale.ROOT, "%%%02x", (int) name.charAt(at));
    return name.substring(0, at) + escape + name.substring(at + 1);
  }

  private static boolean isClosed(List<String> segments) {
    return !segments.isEmpty()
        && segments.get(0).equals("orders")
        && !(segments.size() > 1 && segments.get(1).equals("health"));
  }

  @Test
  void noSpellingOfAClosedPathPassesAsAnOpenOne() {
    long seed = Long.getLong("spellings.seed", System.nanoTime());
    Random random = new Random(seed);
    DeployedProxy orders = Proxies.closed("/orders");
    List<Reader> readers = readers();
    int exempt = 0;
    try (Gate gate = new Gate(GateOptions.DEFAULTS)) {
      gate.publish(
          Proxies.snapshot(
              1,
              new DeployedProxy(
                  orders.proxy(),
                  1,
                  orders
                      .settings()
                      .withExemptions(new Exemptions(List.of(), List.of("/health"), List.of())))));
      for (int i = 0; i < COUNT; i++) {
        String path = spelling(random);
        if (gate.current().decide(null, path, GET).passage() != Passage.EXEMPT) {
          continue;
        }
        exempt++;
        for (Reader reader : readers) {
          assertThat(isClosed(reader.read(path)))
              .as("seed %d: %s read by %s", seed, path, reader)
              .isFalse();
        }
      }
    }
    assertThat(exempt).isGreaterThan(COUNT / 100);
  }
}
