package dev.intermission.gateway.proxy;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.intermission.gateway.LoggedErrors;
import dev.intermission.gateway.Peer;
import dev.intermission.gateway.Peer.Head;
import dev.intermission.gateway.config.UpstreamConfig;
import java.io.IOException;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * An upstream that does what none should. Its client gets the right outcome, the next request of
 * the API is served on another connection, and nothing of it is an error of the gateway.
 */
abstract class MisbehavingUpstreamBehaviour extends ProxyFixture {

  private static final Duration SHORT = Duration.ofMillis(1_500);
  private static final String OK = "HTTP/1.1 200 OK\r\n";
  private static final String CHUNKED = OK + "Transfer-Encoding: chunked\r\n\r\n";
  private static final String TEN = OK + "Content-Length: 10\r\n\r\n";
  private static final String WHOLE = OK + "Content-Length: 3\r\n\r\nabc";
  private static final int LARGE = 70_000;

  @Override
  UpstreamConfig upstream() {
    return new UpstreamConfig(LONG, SHORT, SHORT, 1, false);
  }

  /** What the upstream does when it has sent its bytes. */
  private enum End {
    WAITS,
    CLOSES,
    RESETS,
    DRIPS
  }

  /**
   * What an upstream does.
   *
   * @param what it is, for people
   * @param method that of the request
   * @param bytes what it sends
   * @param outcome the status and the body of the client's response; {@code cut} for one without
   *     end
   */
  private record Fault(String what, String method, String bytes, End end, String outcome) {

    static Fault of(String what, String bytes, End end, String outcome) {
      return new Fault(what, "GET", bytes, end, outcome);
    }

    @Override
    public String toString() {
      return what;
    }
  }

  static Stream<Fault> faults() {
    return Stream.of(
            silence(), statusLines(), fields(), lengths(), codings(), chunks(), odd(), surplus())
        .flatMap(kind -> kind);
  }

  private static Stream<Fault> silence() {
    return Stream.of(
        Fault.of("says nothing", "", End.WAITS, "504"),
        Fault.of("closes without a word", "", End.CLOSES, "502"),
        Fault.of("resets without a word", "", End.RESETS, "502"),
        Fault.of("stops in its status line", "HTTP/1.1 20", End.WAITS, "504"),
        Fault.of("closes in its status line", "HTTP/1.1 20", End.CLOSES, "502"),
        Fault.of("resets in its status line", "HTTP/1.1 20", End.RESETS, "502"),
        Fault.of("stops in its head", OK + "X: y\r\n", End.WAITS, "504"),
        Fault.of("closes in its head", OK + "X: y\r\n", End.CLOSES, "502"),
        Fault.of("resets in its head", OK + "X: y\r\n", End.RESETS, "502"),
        Fault.of("drips its head", OK + "X: ", End.DRIPS, "504"),
        Fault.of("drips its status line", "HTTP/1.1 200 ", End.DRIPS, "504"));
  }

  private static Stream<Fault> statusLines() {
    return Stream.of(
        Fault.of("speaks another protocol", "SSH-2.0-x\r\n", End.WAITS, "502"),
        Fault.of("speaks TLS", "\u0015\u0003\u0001\0\u0002\u0002(", End.CLOSES, "502"),
        Fault.of("speaks HTTP/2", "\0\0\0\u0004\0\0\0\0\0", End.WAITS, "502"),
        Fault.of("speaks HTTP/0.9", "<html>hello</html>", End.CLOSES, "502"),
        Fault.of("speaks of HTTP/3.7", "HTTP/3.7 200 OK\r\n\r\n", End.WAITS, "502"),
        Fault.of("has two status lines", OK + WHOLE, End.WAITS, "502"),
        Fault.of("has no status", "HTTP/1.1\r\n\r\n", End.WAITS, "502"),
        Fault.of("has a word as status", "HTTP/1.1 abc OK\r\n\r\n", End.WAITS, "502"),
        Fault.of("has the status 20", "HTTP/1.1 20 OK\r\n\r\n", End.WAITS, "502"),
        Fault.of(
            "has the status 099", "HTTP/1.1 099 X\r\nContent-Length: 0\r\n\r\n", End.WAITS, "502"),
        Fault.of(
            "has the status 000", "HTTP/1.1 000 X\r\nContent-Length: 0\r\n\r\n", End.WAITS, "502"),
        Fault.of(
            "has the status -200",
            "HTTP/1.1 -200 X\r\nContent-Length: 0\r\n\r\n",
            End.WAITS,
            "502"),
        Fault.of(
            "has the status 600", "HTTP/1.1 600 X\r\nContent-Length: 0\r\n\r\n", End.WAITS, "502"),
        Fault.of(
            "has the status 999", "HTTP/1.1 999 X\r\nContent-Length: 0\r\n\r\n", End.WAITS, "502"),
        Fault.of(
            "has the status 1000",
            "HTTP/1.1 1000 X\r\nContent-Length: 0\r\n\r\n",
            End.WAITS,
            "502"),
        Fault.of("has an endless reason", "HTTP/1.1 200 " + "x".repeat(LARGE), End.WAITS, "502"),
        Fault.of(
            "has no reason",
            "HTTP/1.1 200\r\nContent-Length: 3\r\n\r\nabc",
            End.CLOSES,
            "200 abc"));
  }

  private static Stream<Fault> fields() {
    return Stream.of(
        Fault.of("has a field without colon", OK + "Nonsense\r\n\r\n", End.WAITS, "502"),
        Fault.of("has a space before a colon", OK + "X : y\r\n\r\n", End.WAITS, "502"),
        Fault.of("has a field without name", OK + ": y\r\n\r\n", End.WAITS, "502"),
        Fault.of("has a bad name", OK + "X\u0001: y\r\n\r\n", End.WAITS, "502"),
        Fault.of("has a NUL in a value", OK + "X: a\0b\r\n\r\n", End.WAITS, "502"),
        Fault.of("has a CR in a value", OK + "X: a\rb\r\n\r\n", End.WAITS, "502"),
        Fault.of("folds a field", OK + "X: a\r\n b\r\n\r\n", End.WAITS, "502"),
        Fault.of("has a large field", OK + "X: " + "x".repeat(LARGE), End.WAITS, "502"),
        Fault.of("has many fields", OK + "X: y\r\n".repeat(LARGE / 6), End.WAITS, "502"),
        Fault.of(
            "has half a quote in a coding",
            OK + "Content-Encoding: a\"b\r\nContent-Length: 3\r\n\r\nabc",
            End.CLOSES,
            "200 abc"),
        Fault.of(
            "has half a quote in Connection",
            OK + "Connection: a\"b\r\nContent-Length: 3\r\n\r\nabc",
            End.CLOSES,
            "200 abc"),
        Fault.of(
            "has half a quote in a type",
            OK + "Content-Type: a/b; charset=\"\r\nContent-Length: 3\r\n\r\nabc",
            End.CLOSES,
            "200 abc"),
        Fault.of(
            "has half a cookie",
            OK + "Set-Cookie: =;\"\r\nContent-Length: 3\r\n\r\nabc",
            End.CLOSES,
            "200 abc"),
        Fault.of(
            "has half a quote in a transfer coding",
            OK + "Transfer-Encoding: \"chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n",
            End.WAITS,
            "502"),
        Fault.of(
            "ends its lines with LF",
            "HTTP/1.1 200 OK\nContent-Length: 3\n\nabc",
            End.CLOSES,
            "200 abc"));
  }

  private static Stream<Fault> lengths() {
    return Stream.of(
        Fault.of(
            "has two lengths",
            OK + "Content-Length: 1\r\nContent-Length: 2\r\n\r\nab",
            End.WAITS,
            "502"),
        Fault.of("has a list of lengths", OK + "Content-Length: 1, 2\r\n\r\nab", End.WAITS, "502"),
        Fault.of("has a word as length", OK + "Content-Length: x\r\n\r\n", End.WAITS, "502"),
        Fault.of("has a negative length", OK + "Content-Length: -1\r\n\r\n", End.WAITS, "502"),
        Fault.of(
            "has an endless length",
            OK + "Content-Length: 99999999999999999999\r\n\r\n",
            End.WAITS,
            "502"),
        Fault.of("stops in its body", TEN + "abc", End.WAITS, "200 cut"),
        Fault.of("closes in its body", TEN + "abc", End.CLOSES, "200 cut"),
        Fault.of("resets in its body", TEN + "abc", End.RESETS, "200 cut"));
  }

  private static Stream<Fault> codings() {
    return Stream.of(
        Fault.of(
            "has length and chunks",
            OK + "Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n",
            End.WAITS,
            "502"),
        Fault.of("has the coding gzip", OK + "Transfer-Encoding: gzip\r\n\r\n", End.WAITS, "502"),
        Fault.of(
            "has the coding gzip before chunks",
            OK + "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
            End.WAITS,
            "502"),
        Fault.of(
            "has chunks twice",
            OK + "Transfer-Encoding: chunked, chunked\r\n\r\n0\r\n\r\n",
            End.WAITS,
            "502"),
        Fault.of(
            "has chunks before another",
            OK + "Transfer-Encoding: chunked, x\r\n\r\n0\r\n\r\n",
            End.WAITS,
            "502"));
  }

  private static Stream<Fault> chunks() {
    return Stream.of(
        Fault.of("has a word as size", CHUNKED + "3\r\nabc\r\nzz\r\n", End.WAITS, "200 cut"),
        Fault.of("has a negative size", CHUNKED + "3\r\nabc\r\n-1\r\n", End.WAITS, "200 cut"),
        Fault.of(
            "has an endless size",
            CHUNKED + "3\r\nabc\r\nFFFFFFFFFFFFFFFFF\r\n",
            End.WAITS,
            "200 cut"),
        Fault.of(
            "has a chunk longer than its size",
            CHUNKED + "3\r\nabcdef\r\n0\r\n\r\n",
            End.WAITS,
            "200 cut"),
        Fault.of("stops in a chunk", CHUNKED + "9\r\nabc", End.WAITS, "200 cut"),
        Fault.of("closes in a chunk", CHUNKED + "9\r\nabc", End.CLOSES, "200 cut"),
        Fault.of("resets in a chunk", CHUNKED + "9\r\nabc", End.RESETS, "200 cut"),
        Fault.of("closes before the last chunk", CHUNKED + "3\r\nabc\r\n", End.CLOSES, "200 cut"),
        Fault.of("closes in a trailer", CHUNKED + "3\r\nabc\r\n0\r\nX: y", End.CLOSES, "200 cut"),
        Fault.of("resets in a trailer", CHUNKED + "3\r\nabc\r\n0\r\nX: y", End.RESETS, "200 cut"),
        Fault.of("stops in a trailer", CHUNKED + "3\r\nabc\r\n0\r\nX: y", End.WAITS, "200 cut"),
        Fault.of(
            "has a bad trailer",
            CHUNKED + "3\r\nabc\r\n0\r\nNonsense\r\n\r\n",
            End.WAITS,
            "200 cut"));
  }

  private static Stream<Fault> odd() {
    String hints = "HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n";
    return Stream.of(
        Fault.of(
            "switches protocols unasked",
            "HTTP/1.1 101 X\r\nConnection: Upgrade\r\nUpgrade: x\r\n\r\n",
            End.WAITS,
            "502"),
        Fault.of("is silent after interim responses", hints.repeat(500), End.WAITS, "504"),
        Fault.of("closes after interim responses", hints.repeat(3), End.CLOSES, "502"),
        Fault.of("has many interim responses", hints.repeat(2_000) + WHOLE, End.CLOSES, "200 abc"),
        Fault.of(
            "speaks HTTP/1.0 without length", "HTTP/1.0 200 OK\r\n\r\nabc", End.CLOSES, "200 abc"),
        Fault.of("has no length", OK + "\r\nabc", End.CLOSES, "200 abc"),
        Fault.of("begins with an empty line", "\r\n" + WHOLE, End.CLOSES, "200 abc"));
  }

  /** The response is right, but what follows it must not be taken for that to the next request. */
  private static Stream<Fault> surplus() {
    String evil = "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nevil";
    return Stream.of(
        Fault.of("sends more than its length", WHOLE + "def", End.WAITS, "200 abc"),
        Fault.of("sends a second response", WHOLE + evil, End.WAITS, "200 abc"),
        Fault.of(
            "sends a response behind chunks",
            CHUNKED + "3\r\nabc\r\n0\r\n\r\n" + evil,
            End.WAITS,
            "200 abc"),
        Fault.of(
            "sends a body with 204",
            "HTTP/1.1 204 No\r\nContent-Length: 4\r\n\r\nevil",
            End.WAITS,
            "204 "),
        Fault.of(
            "sends chunks with 204",
            "HTTP/1.1 204 No\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nevil\r\n0\r\n\r\n",
            End.WAITS,
            "204 "),
        Fault.of(
            "tells of a body with 204",
            "HTTP/1.1 204 No\r\nContent-Length: 4\r\n\r\n",
            End.WAITS,
            "204 "),
        Fault.of(
            "tells of chunks with 205",
            "HTTP/1.1 205 Reset\r\nTransfer-Encoding: chunked\r\n\r\n",
            End.WAITS,
            "205 "),
        Fault.of(
            "sends a body with 304",
            "HTTP/1.1 304 Same\r\nContent-Length: 4\r\n\r\nevil",
            End.WAITS,
            "304 "),
        new Fault(
            "sends a body to HEAD",
            "HEAD",
            OK + "Content-Length: 4\r\n\r\nevil",
            End.WAITS,
            "200 "),
        new Fault(
            "sends a response to HEAD with one behind",
            "HEAD",
            OK + "Content-Length: 4\r\n\r\n" + evil,
            End.WAITS,
            "200 "));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("faults")
  void clientGetsTheRightOutcomeAndTheNextRequestIsServed(Fault fault) throws Exception {
    try (LoggedErrors errors = new LoggedErrors();
        Peer client = client().sendHead(fault.method() + " /api HTTP/1.1", "Host: g");
        Peer upstream = upstreamConnection()) {
      upstream.readHead();
      act(upstream, fault);
      assertThat(outcome(client, fault.method())).isEqualTo(fault.outcome());
      try (Peer next = client().sendHead("GET /api/next HTTP/1.1", "Host: g");
          Peer fresh = upstreamConnection()) {
        assertThat(fresh.readHead().first()).isEqualTo("GET /next HTTP/1.1");
        fresh.send("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nnext");
        Head head = next.readHead();
        assertThat(head.status()).isEqualTo(200);
        assertThat(next.readBody(head)).isEqualTo("next");
      }
      assertThat(errors.all()).isEmpty();
    }
  }

  private static void act(Peer upstream, Fault fault) throws IOException {
    try {
      upstream.send(fault.bytes().getBytes(ISO_8859_1));
      switch (fault.end()) {
        case WAITS -> {}
        case CLOSES -> upstream.close();
        case RESETS -> upstream.reset();
        case DRIPS -> {
          while (!upstream.isClosedWithin(Duration.ofMillis(50))) {
            upstream.send("x");
          }
        }
      }
    } catch (IOException e) {
      // The gateway has had enough of it, and closed.
      assertThat(fault.outcome()).isNotEqualTo("200 abc");
    }
  }

  /** Returns what a client gets: the status, and the body or that it is cut. */
  private static String outcome(Peer client, String method) throws IOException {
    Head head = client.readHead();
    while (head.status() < 200 && head.status() != 101) {
      head = client.readHead();
    }
    int status = head.status();
    if (status >= 500) {
      assertThat(client.readBody(head)).contains("\"faultStatusCode\":\"" + status + "\"");
      return String.valueOf(status);
    }
    if (method.equals("HEAD") || status == 204 || status == 205 || status == 304) {
      client.shutdownOutput();
      // Nothing follows the head.
      return status + " " + client.read(100);
    }
    StringBuilder body = new StringBuilder();
    try {
      if (!head.values("Content-Length").isEmpty()) {
        int length = Integer.parseInt(head.value("Content-Length"));
        body.append(client.read(length));
        return status + " " + (body.length() < length ? "cut" : body);
      }
      for (String chunk = client.readChunk(); !chunk.isEmpty(); chunk = client.readChunk()) {
        body.append(chunk);
      }
      return status + " " + body;
    } catch (IOException e) {
      // The connection ended before the body did.
      return status + " cut";
    }
  }
}
