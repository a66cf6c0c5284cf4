package dev.intermission.gateway.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.intermission.gate.Wire;
import dev.intermission.gateway.config.Front;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Random spellings, each sent while MyAPI is open and while it is closed. What reached an upstream
 * as a path of MyAPI, in any reading, is answered by the gate when it is closed; what is none gets
 * the same answer in both.
 */
class PathFuzzTest {

  private static final int SPELLINGS = 2_000;
  private static final int LONGEST = 8;
  private static final Pattern AMBIGUOUS =
      Pattern.compile("(?i)%2F|%5C|\\\\|;|%3B|%25|%u|%c0|%00|//");
  private static final Pattern ESCAPE = Pattern.compile("%([0-9A-Fa-f]{2})");

  private static final List<String> STARTS =
      words("/ / / / // /./ /%2F /;x/ /x/../ http://localhost/");
  private static final List<String> FIRST =
      words("api/v1 api/v1 petstore petstore orders %61pi/v1 api;x/%76%31");
  private static final List<String> JOINS = words("/ / / / / / // /./ %2F %2f \\ %5C ;/ ;x=1/ ;");
  private static final List<String> SEGMENTS =
      words(
          "api v1 api/v1 api/v1 petstore orders x x a.b . .. .. ../.. %2e%2e .%2E %2e. %2e ..; ..;a=b"
              + " %61pi a%70i %76%31 api;x v1;x=1 v1%3Bx ..%2F %2e%2e%2f ..%5C %252e%252e %C3%BC"
              + " v1. API %20 + v10 * ~");
  private static final List<String> ILLEGAL = words("% %zz %00 %c0%ae%c0%ae %u0061 ^ | \u00fc");

  private static List<String> words(String text) {
    return List.of(text.split(" ", -1));
  }

  private static String spelling(Random random) {
    StringBuilder spelling = new StringBuilder(any(STARTS, random));
    if (random.nextInt(4) > 0) {
      spelling.append(any(FIRST, random)).append(any(JOINS, random));
    }
    for (int left = random.nextInt(LONGEST); left > 0; left--) {
      spelling
          .append(any(random.nextInt(30) == 0 ? ILLEGAL : SEGMENTS, random))
          .append(any(JOINS, random));
    }
    return spelling.toString();
  }

  private static String any(List<String> parts, Random random) {
    return parts.get(random.nextInt(parts.size()));
  }

  /** Sends all, one after the other. */
  private static List<Wire.Reply> sendAll(List<String> targets, int port) throws IOException {
    List<Wire.Reply> replies = new ArrayList<>();
    Wire wire = new Wire(port);
    try {
      for (String target : targets) {
        wire.send(Wire.request("GET", target));
        Wire.Reply reply = wire.read(false);
        replies.add(reply);
        if (reply.status() == 400) {
          // After some of them the server closes.
          wire.close();
          wire = new Wire(port);
        }
      }
    } finally {
      wire.close();
    }
    return replies;
  }

  /** Returns the paths that a server might take this one for, in all combinations of what if. */
  private static Stream<String> readings(String path) {
    return Stream.of(path)
        .flatMap(either("(?i)%2F", "/"))
        .flatMap(either("(?i)%5C|\\\\", "/"))
        .flatMap(either("(?i)%3B", ";"))
        .flatMap(either(";", "%3B"))
        .flatMap(read -> Stream.of(resolve(read, true), resolve(read, false)));
  }

  private static Function<String, Stream<String>> either(String what, String instead) {
    return path -> Stream.of(path, path.replaceAll(what, instead));
  }

  private static String resolve(String path, boolean dropsEmpty) {
    List<String> kept = new ArrayList<>();
    for (String segment : path.substring(1).split("/", -1)) {
      String plain = decode(segment.replaceFirst(";.*", ""));
      if (plain.equals("..")) {
        kept.subList(Math.max(0, kept.size() - 1), kept.size()).clear();
      } else if (!plain.equals(".") && !(plain.isEmpty() && dropsEmpty)) {
        kept.add(plain);
      }
    }
    return "/" + String.join("/", kept);
  }

  private static String decode(String segment) {
    return ESCAPE
        .matcher(segment)
        .replaceAll(
            escape -> {
              String octet = String.valueOf((char) Integer.parseInt(escape.group(1), 16));
              return Matcher.quoteReplacement(octet.equals("/") ? escape.group() : octet);
            });
  }

  private static boolean canBeMyApi(String path) {
    return readings(path).anyMatch(read -> read.equals("/api/v1") || read.startsWith("/api/v1/"));
  }

  @ParameterizedTest
  @EnumSource
  void whatAnUpstreamSeesOfAClosedProxyIsAnsweredByTheGate(Front front, @TempDir Path data)
      throws Exception {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    List<String> targets = Stream.generate(() -> spelling(random)).limit(SPELLINGS).toList();
    try (DemoGateway gateway = new DemoGateway(data, front)) {
      List<Wire.Reply> open = sendAll(targets, gateway.port());
      Wire.Reply reply = gateway.as("operator").patch(DemoTest.CLOSE);
      assertThat(Operator.text(reply)).isEqualTo(DemoTest.DEPLOYED);
      long calls = gateway.backendCalls("/api/v1");
      List<Wire.Reply> closed = sendAll(targets, gateway.port());
      assertThat(gateway.backendCalls("/api/v1")).as("seed %d", seed).isEqualTo(calls);
      compare(targets, open, closed, "seed %d: ".formatted(seed));
    }
  }

  private static void compare(
      List<String> targets, List<Wire.Reply> open, List<Wire.Reply> closed, String seed)
      throws IOException {
    int reached = 0;
    int answered = 0;
    for (int i = 0; i < targets.size(); i++) {
      String what = seed + targets.get(i);
      Wire.Reply before = open.get(i);
      Wire.Reply after = closed.get(i);
      boolean byGate = after.status() == 503 && after.text().equals("Back at six");
      if (Seen.isUpstreams(before)) {
        String path = Seen.path(before);
        if (canBeMyApi(path)) {
          assertThat(byGate).as("%s, seen as %s", what, path).isTrue();
        }
        reached++;
        answered += byGate ? 1 : 0;
      }
      if (byGate) {
        String path = targets.get(i).replace("http://localhost", "");
        assertThat(AMBIGUOUS.matcher(path).find() || canBeMyApi(path)).as(what).isTrue();
      } else {
        assertThat(after.status()).as(what).isEqualTo(before.status());
      }
    }
    System.out.printf(
        Locale.ROOT,
        "%d spellings: %d reached an upstream, of these %d are answered by the gate%n",
        SPELLINGS,
        reached,
        answered);
    assertThat(answered).isGreaterThan(SPELLINGS / 20);
    assertThat(reached - answered).isGreaterThan(SPELLINGS / 20);
  }
}
