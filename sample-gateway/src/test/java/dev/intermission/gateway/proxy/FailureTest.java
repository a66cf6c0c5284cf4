package dev.intermission.gateway.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.intermission.gateway.Peer;
import dev.intermission.gateway.Peer.Head;
import java.io.IOException;
import java.net.SocketException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One side fails; the other hears of it. */
class FailureTest extends ProxyFixture {

  private static void assertFault(Peer client, int status, String code, String text)
      throws IOException {
    Head head = client.readHead();
    assertThat(head.status()).isEqualTo(status);
    assertThat(head.value("Content-Type")).isEqualToIgnoringCase("application/json;charset=utf-8");
    assertThat(head.value("Cache-Control")).isEqualTo("no-store");
    assertThat(head.value("X-Correlation-Id")).isEqualTo("c-1");
    assertThat(head.value("APINIZER-CORRELATION-ID")).isEqualTo("c-1");
    assertThat(client.readBody(head))
        .isEqualTo(
            """
            {"fault":{"correlationId":"c-1","faultCode":"%s","faultString":"%s",\
            "faultStatusCode":"%d","responseFromApi":""}}"""
                .formatted(code, text, status));
  }

  private static void assertBrokeOff(Peer client) throws IOException {
    assertFault(
        client, 502, "UPSTREAM_BROKE_OFF", "The upstream of the API closed before it had answered");
  }

  private Peer request(String method, String... fields) throws IOException {
    return client()
        .send(method + " /api HTTP/1.1\r\nHost: g\r\nX-Correlation-Id: c-1\r\n")
        .sendHead(fields.length == 0 ? "X: y" : String.join("\r\n", fields));
  }

  @Test
  void upstreamThatDoesNotListenIsUnreachable() throws IOException {
    endUpstream();
    try (Peer client = request("GET")) {
      assertFault(client, 502, "UPSTREAM_UNREACHABLE", "No connection to the upstream of the API");
    }
  }

  @Test
  void bodyForAnUpstreamThatDoesNotListenIsNotWaitedFor() throws IOException {
    endUpstream();
    try (Peer client = request("POST", "Content-Length: 1000")) {
      assertFault(client, 502, "UPSTREAM_UNREACHABLE", "No connection to the upstream of the API");
    }
  }

  @Test
  void upstreamThatClosesWithoutAnAnswerBrokeOff() throws IOException {
    try (Peer client = request("GET")) {
      try (Peer upstream = upstreamConnection()) {
        upstream.readHead();
      }
      assertBrokeOff(client);
    }
  }

  @Test
  void upstreamThatResetsInsteadOfAnsweringBrokeOff() throws IOException {
    try (Peer client = request("GET");
        Peer upstream = upstreamConnection()) {
      upstream.readHead();
      upstream.reset();
      assertBrokeOff(client);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SSH-2.0-OpenSSH_9.2\r\n",
        "HTTP/1.1 abc OK\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: x\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n",
        "HTTP/1.1 200 OK\r\n: x\r\n\r\n"
      })
  void upstreamThatDoesNotSpeakHttpIsTold(String answer) throws IOException {
    try (Peer client = request("GET");
        Peer upstream = upstreamConnection()) {
      upstream.readHead();
      upstream.send(answer);
      assertFault(
          client,
          502,
          "UPSTREAM_INVALID_RESPONSE",
          "The upstream of the API sent no valid HTTP response");
    }
  }

  /** Whether Jetty's client sees half a head or the end of its connection is a matter of timing. */
  @Test
  void upstreamThatClosesInsideItsHeadIsABadGateway() throws IOException {
    try (Peer client = request("GET")) {
      try (Peer upstream = upstreamConnection()) {
        upstream.readHead();
        upstream.send("HTTP/1.1 200 OK\r\nContent-Le");
      }
      Head head = client.readHead();
      assertThat(head.status()).isEqualTo(502);
      assertThat(client.readBody(head))
          .containsAnyOf("\"UPSTREAM_INVALID_RESPONSE\"", "\"UPSTREAM_BROKE_OFF\"");
    }
  }

  @Test
  void upstreamThatResetsWhileItIsSentABodyBrokeOff() throws IOException {
    try (Peer client = request("POST", "Content-Length: 1000").send("abc");
        Peer upstream = upstreamConnection()) {
      upstream.readHead();
      assertThat(upstream.read(3)).isEqualTo("abc");
      upstream.reset();
      assertBrokeOff(client);
    }
  }

  @Test
  void bodyOfKnownLengthThatIsBrokenOffIsCut() throws IOException {
    try (Peer client = request("GET")) {
      try (Peer upstream = upstreamConnection()) {
        upstream.readHead();
        upstream.sendHead("HTTP/1.1 200 OK", "Content-Length: 10").send("abc");
        assertThat(client.readHead().value("Content-Length")).isEqualTo("10");
        assertThat(client.read(3)).isEqualTo("abc");
      }
      assertThat(client.isClosedByOther()).isTrue();
    }
  }

  @Test
  void chunkedBodyThatIsBrokenOffIsCutBeforeItsEnd() throws IOException {
    try (Peer client = request("GET")) {
      try (Peer upstream = upstreamConnection()) {
        upstream.readHead();
        upstream.sendHead("HTTP/1.1 200 OK", "Transfer-Encoding: chunked").send("3\r\nabc\r\n");
        client.readHead();
        assertThat(client.readChunk()).isEqualTo("abc");
        upstream.reset();
      }
      assertThatThrownBy(client::readChunk).isInstanceOf(IOException.class);
    }
  }

  @Test
  void chunkedBodyThatIsBrokenOffIsCutWhereTheClientHasTheConnectionClosed() throws IOException {
    try (Peer client = request("GET", "Connection: close")) {
      try (Peer upstream = upstreamConnection()) {
        upstream.readHead();
        upstream.sendHead("HTTP/1.1 200 OK", "Transfer-Encoding: chunked").send("3\r\nabc\r\n");
        assertThat(client.readHead().value("Connection")).isEqualTo("close");
        assertThat(client.readChunk()).isEqualTo("abc");
        upstream.reset();
      }
      assertThatThrownBy(client::readChunk).isInstanceOf(IOException.class);
    }
  }

  @Test
  void bodyThatIsBrokenOffEndsInAResetForAClientThatKnowsNoChunks() throws IOException {
    try (Peer client = client().sendHead("GET /api HTTP/1.0")) {
      try (Peer upstream = upstreamConnection()) {
        upstream.readHead();
        upstream.sendHead("HTTP/1.1 200 OK", "Transfer-Encoding: chunked").send("3\r\nabc\r\n");
        assertThat(client.readHead().values("Transfer-Encoding")).isEmpty();
        assertThat(client.read(3)).isEqualTo("abc");
        upstream.reset();
      }
      assertThatThrownBy(() -> client.read(1)).isInstanceOf(SocketException.class);
    }
  }

  @Test
  void chunkedBodyThatIsNoneIsCut() throws IOException {
    try (Peer client = request("GET");
        Peer upstream = upstreamConnection()) {
      upstream.readHead();
      upstream.sendHead("HTTP/1.1 200 OK", "Transfer-Encoding: chunked").send("3\r\nabc\r\n");
      client.readHead();
      assertThat(client.readChunk()).isEqualTo("abc");
      upstream.send("no number\r\n");
      assertThatThrownBy(client::readChunk).isInstanceOf(IOException.class);
    }
  }

  @Test
  void clientThatLeavesWhileItSendsTakesTheUpstreamsConnectionWithIt() throws IOException {
    Peer client = request("POST", "Content-Length: 1000").send("abc");
    try (Peer upstream = upstreamConnection()) {
      upstream.readHead();
      assertThat(upstream.read(3)).isEqualTo("abc");
      client.close();
      assertThat(upstream.isClosedByOther()).isTrue();
    }
  }

  @Test
  void clientThatLeavesWhileItIsAnsweredTakesTheUpstreamsConnectionWithIt() throws IOException {
    Peer client = request("GET");
    try (Peer upstream = upstreamConnection()) {
      upstream.readHead();
      upstream.sendHead("HTTP/1.1 200 OK", "Transfer-Encoding: chunked").send("3\r\nabc\r\n");
      client.readHead();
      client.reset();
      assertThatThrownBy(
              () -> {
                String piece = "8000\r\n" + "x".repeat(0x8000) + "\r\n";
                while (true) {
                  upstream.send(piece);
                }
              })
          .isInstanceOf(IOException.class);
    }
  }

  @Test
  void requestMeetsANewConnectionWhereTheUpstreamHasClosedThePooledOne() throws IOException {
    try (Peer client = client()) {
      client.sendHead("GET /api/1 HTTP/1.1", "Host: g");
      Peer first = upstreamConnection();
      first.readHead();
      first.sendHead("HTTP/1.1 200 OK", "Content-Length: 0");
      assertThat(client.readHead().status()).isEqualTo(200);

      client.sendHead("GET /api/2 HTTP/1.1", "Host: g");
      assertThat(first.readHead().first()).isEqualTo("GET /2 HTTP/1.1");
      first.close();
      try (Peer second = upstreamConnection()) {
        assertThat(second.readHead().first()).isEqualTo("GET /2 HTTP/1.1");
        second.sendHead("HTTP/1.1 204 None");
        assertThat(client.readHead().status()).isEqualTo(204);
      }
    }
  }

  @Test
  void requestThatMayHaveHadAnEffectIsNotSentTwice() throws IOException {
    try (Peer client = client()) {
      client.sendHead("GET /api HTTP/1.1", "Host: g");
      Peer upstream = upstreamConnection();
      upstream.readHead();
      upstream.sendHead("HTTP/1.1 200 OK", "Content-Length: 0");
      assertThat(client.readHead().status()).isEqualTo(200);

      client.sendHead("DELETE /api HTTP/1.1", "Host: g", "X-Correlation-Id: c-1");
      upstream.readHead();
      upstream.close();
      assertBrokeOff(client);
    }
  }
}
