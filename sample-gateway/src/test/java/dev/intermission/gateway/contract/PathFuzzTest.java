package dev.intermission.gateway.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.intermission.filter.Wire;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.eclipse.jetty.http.HttpURI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Random spellings, each sent while MyAPI is open and while it is closed. What reached an upstream
 * as a path of MyAPI, in any reading, is answered by the gate when it is closed; anything else gets
 * the same answer in both.
 */
class PathFuzzTest extends DemoTest {

  private static final int SPELLINGS = 3_000;
  private static final int LONGEST = 8;

  private static final List<String> STARTS =
      List.of("/", "/", "/", "/", "//", "/./", "/%2F", "/;x/", "/x/../", "http://localhost/");
  private static final List<String> FIRST =
      List.of("api/v1", "api/v1", "petstore", "petstore", "orders", "%61pi/v1", "api;x/%76%31");
  private static final List<String> JOINS =
      List.of(
          "/", "/", "/", "/", "/", "/", "//", "/./", "%2F", "%2f", "\\", "%5C", ";/", ";x=1/", "");
  private static final List<String> SEGMENTS =
      List.of(
          "api",
          "v1",
          "api/v1",
          "api/v1",
          "petstore",
          "orders",
          "x",
          "x",
          "a.b",
          "",
          ".",
          "..",
          "..",
          "../..",
          "%2e%2e",
          ".%2E",
          "%2e.",
          "%2e",
          "..;",
          "..;a=b",
          "%61pi",
          "a%70i",
          "%76%31",
          "api;x",
          "v1;x=1",
          "v1%3Bx",
          "..%2F",
          "%2e%2e%2f",
          "%252e%252e",
          "%C3%BC",
          "v1.",
          "API",
          "%20",
          "+",
          "v10",
          "*",
          "~");
  private static final List<String> ILLEGAL =
      List.of("%", "%zz", "%00", "%c0%ae%c0%ae", "%u0061", "^", "#", "|", "\u00fc");

  PathFuzzTest(@TempDir Path data) throws Exception {
    super(data);
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
  private List<Wire.Reply> sendAll(List<String> targets) throws IOException {
    List<Wire.Reply> replies = new ArrayList<>();
    Wire wire = new Wire(gateway.port());
    try {
      for (String target : targets) {
        wire.send(Wire.request("GET", target));
        Wire.Reply reply = wire.read(false);
        replies.add(reply);
        if (reply.status() == 400 || "close".equalsIgnoreCase(reply.field("Connection"))) {
          wire.close();
          wire = new Wire(gateway.port());
        }
      }
    } finally {
      wire.close();
    }
    return replies;
  }

  /** Returns the paths that a server might take this one for. */
  private static Stream<String> readings(String path) {
    HttpURI uri = HttpURI.from("http://localhost" + path);
    String decoded = resolve(String.valueOf(uri.getDecodedPath()));
    return Stream.of(
        path,
        resolve(path),
        String.valueOf(uri.getCanonicalPath()),
        decoded,
        resolve(decoded.replace('\\', '/')));
  }

  private static String resolve(String path) {
    Deque<String> kept = new ArrayDeque<>();
    for (String segment : path.split("/", -1)) {
      String plain = segment.replaceFirst(";.*", "");
      if (plain.equals("..")) {
        kept.pollLast();
      } else if (!plain.isEmpty() && !plain.equals(".")) {
        kept.addLast(plain);
      }
    }
    return "/" + String.join("/", kept);
  }

  private static boolean isOfMyApi(String path) {
    return path.equals("/api/v1") || path.startsWith("/api/v1/");
  }

  @Test
  void whatTheUpstreamSeesOfMyApiIsAnsweredByTheGateWhenItIsClosed() throws Exception {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    List<String> targets = Stream.generate(() -> spelling(random)).limit(SPELLINGS).toList();
    List<Wire.Reply> open = sendAll(targets);
    assertThat(Operator.text(operator.patch(CLOSE))).isEqualTo(DEPLOYED);
    long calls = gateway.backendCalls("/api/v1");
    List<Wire.Reply> closed = sendAll(targets);
    assertThat(gateway.backendCalls("/api/v1")).as("seed %d", seed).isEqualTo(calls);

    int reached = 0;
    int answered = 0;
    for (int i = 0; i < targets.size(); i++) {
      String what = "seed %d: %s".formatted(seed, targets.get(i));
      Wire.Reply before = open.get(i);
      Wire.Reply after = closed.get(i);
      boolean byGate = after.status() == 503 && after.text().equals("Back at six");
      if (Seen.isUpstreams(before)) {
        String path = Seen.path(before);
        boolean ofMyApi = readings(path).anyMatch(PathFuzzTest::isOfMyApi);
        assertThat(byGate).as("%s, seen as %s", what, path).isEqualTo(ofMyApi);
        reached++;
        answered += byGate ? 1 : 0;
      }
      if (!byGate) {
        assertThat(after.status()).as(what).isEqualTo(before.status());
      }
    }
    System.out.printf(
        "%d spellings: %d reached an upstream, of these %d are answered by the gate%n",
        SPELLINGS, reached, answered);
    assertThat(answered).isGreaterThan(SPELLINGS / 20);
    assertThat(reached - answered).isGreaterThan(SPELLINGS / 20);
  }
}
