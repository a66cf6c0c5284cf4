package dev.intermission.gateway.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.intermission.gateway.Peer;
import dev.intermission.gateway.Peer.Head;
import dev.intermission.gateway.config.UpstreamConfig;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The head of the final response has its time; what is before and behind it has not. */
class LateResponseTest extends ProxyFixture {

  private static final Duration SHORT = Duration.ofMillis(700);

  @Override
  UpstreamConfig upstream() {
    return new UpstreamConfig(LONG, LONG, SHORT, 2, false);
  }

  private static void assertTimedOut(Peer client) throws IOException {
    Head head = client.readHead();
    assertThat(head.status()).isEqualTo(504);
    assertThat(client.readBody(head)).contains("\"UPSTREAM_TIMEOUT\"");
  }

  /** Waits for longer than a response may take. */
  private void timeOutAnotherRequest() throws IOException {
    try (Peer client = client().sendHead("GET /api/another HTTP/1.1", "Host: g");
        Peer upstream = upstreamConnection()) {
      upstream.readHead();
      assertTimedOut(client);
      assertThat(upstream.isClosedByOther()).isTrue();
    }
  }

  private static void dripUntilCut(Peer upstream, String piece) throws IOException {
    for (int i = 0; i < 1_000; i++) {
      if (upstream.isClosedWithin(Duration.ofMillis(20))) {
        return;
      }
      try {
        upstream.send(piece);
      } catch (IOException e) {
        // It was cut.
        return;
      }
    }
    throw new AssertionError("The gateway still waits");
  }

  @Test
  void upstreamThatSendsInterimResponsesForeverIsGivenUp() throws IOException {
    try (Peer client = client().sendHead("GET /api HTTP/1.1", "Host: g");
        Peer upstream = upstreamConnection()) {
      upstream.readHead();
      dripUntilCut(upstream, "HTTP/1.1 102 Processing\r\n\r\n");
      Head head = client.readHead();
      while (head.status() == 102) {
        head = client.readHead();
      }
      assertThat(head.status()).isEqualTo(504);
    }
  }

  @Test
  void upstreamThatDripsItsHeadIsGivenUp() throws IOException {
    try (Peer client = client().sendHead("GET /api HTTP/1.1", "Host: g");
        Peer upstream = upstreamConnection()) {
      upstream.readHead();
      upstream.send("HTTP/1.1 200 OK\r\nX: ");
      dripUntilCut(upstream, "x");
      assertTimedOut(client);
    }
  }

  @Test
  void streamOfEventsGoesOn() throws IOException {
    try (Peer client = client().sendHead("GET /api HTTP/1.1", "Host: g");
        Peer upstream = upstreamConnection()) {
      upstream.readHead();
      upstream.sendHead("HTTP/1.1 200 OK", "Transfer-Encoding: chunked");
      assertThat(client.readHead().status()).isEqualTo(200);
      timeOutAnotherRequest();
      upstream.send("1\r\na\r\n");
      assertThat(client.readChunk()).isEqualTo("a");
      upstream.send("0\r\n\r\n");
      assertThat(client.readChunk()).isEmpty();
    }
  }

  @Test
  void uploadThatTakesLongIsNotLimitedAndTheResponseToItIs() throws IOException {
    try (Peer client =
            client().sendHead("POST /api HTTP/1.1", "Host: g", "Content-Length: 2").send("a");
        Peer upstream = upstreamConnection()) {
      upstream.readHead();
      assertThat(upstream.read(1)).isEqualTo("a");
      timeOutAnotherRequest();
      client.send("b");
      assertThat(upstream.read(1)).isEqualTo("b");
      assertTimedOut(client);
    }
  }

  @Test
  void responseDuringAnUploadEndsTheWaiting() throws IOException {
    try (Peer client =
            client().sendHead("POST /api HTTP/1.1", "Host: g", "Content-Length: 2").send("a");
        Peer upstream = upstreamConnection()) {
      upstream.readHead();
      assertThat(upstream.read(1)).isEqualTo("a");
      upstream.sendHead("HTTP/1.1 200 OK", "Content-Length: 2").send("c");
      assertThat(client.readHead().status()).isEqualTo(200);
      assertThat(client.read(1)).isEqualTo("c");
      client.send("b");
      assertThat(upstream.read(1)).isEqualTo("b");
      timeOutAnotherRequest();
      upstream.send("d");
      assertThat(client.read(1)).isEqualTo("d");
    }
  }

  @Test
  void requestThatGetsNoConnectionInTimeIsGivenUp() throws IOException {
    try (Peer first = client().sendHead("GET /api/1 HTTP/1.1", "Host: g");
        Peer firstUpstream = upstreamConnection();
        Peer second = client().sendHead("GET /api/2 HTTP/1.1", "Host: g");
        Peer secondUpstream = upstreamConnection()) {
      for (Peer upstream : new Peer[] {firstUpstream, secondUpstream}) {
        upstream.readHead();
        upstream.sendHead("HTTP/1.1 200 OK", "Transfer-Encoding: chunked");
      }
      assertThat(first.readHead().status()).isEqualTo(200);
      assertThat(second.readHead().status()).isEqualTo(200);
      try (Peer third = client().sendHead("GET /api/3 HTTP/1.1", "Host: g")) {
        assertTimedOut(third);
      }
    }
  }
}
