package dev.intermission.gateway.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.intermission.gateway.Peer;
import dev.intermission.gateway.Peer.Head;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a WebSocket's connections do, byte by byte, behind each front. */
abstract class TunnelBehaviour extends ProxyFixture {

  private static final String[] ASK = {
    "GET /api/chat?room=1 HTTP/1.1",
    "Host: g",
    "Connection: keep-alive, Upgrade",
    "Upgrade: WebSocket",
    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
    "Sec-WebSocket-Version: 13",
    "Sec-WebSocket-Protocol: a, b",
  };

  private static final String[] GRANT = {
    "HTTP/1.1 101 Welcome",
    "Upgrade: websocket",
    "Connection: upgrade",
    "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=",
    "Sec-WebSocket-Protocol: b",
  };

  private static final int MUCH = 32 << 20;

  private Peer asked(Peer client) throws IOException {
    client.sendHead(ASK);
    Peer upstream = upstreamConnection();
    upstream.readHead();
    return upstream;
  }

  private Peer open(Peer client) throws IOException {
    Peer upstream = asked(client);
    upstream.sendHead(GRANT);
    assertThat(client.readHead().status()).isEqualTo(101);
    return upstream;
  }

  @Test
  void handshakeGoesOnInBothDirections() throws IOException {
    try (Peer client = client().sendHead(ASK);
        Peer upstream = upstreamConnection()) {
      Head asked = upstream.readHead();
      assertThat(asked.first()).isEqualTo("GET /chat?room=1 HTTP/1.1");
      assertThat(asked.value("Upgrade")).isEqualTo("websocket");
      assertThat(asked.value("Connection")).isEqualTo("Upgrade");
      assertThat(asked.value("Sec-WebSocket-Key")).isEqualTo("dGhlIHNhbXBsZSBub25jZQ==");
      assertThat(asked.value("Sec-WebSocket-Version")).isEqualTo("13");
      assertThat(asked.value("Sec-WebSocket-Protocol")).isEqualTo("a, b");
      upstream.sendHead(GRANT);
      Head granted = client.readHead();
      assertThat(granted.first()).isEqualTo("HTTP/1.1 101 Welcome");
      assertThat(granted.value("Upgrade")).isEqualTo("websocket");
      assertThat(granted.value("Connection")).isEqualTo("Upgrade");
      assertThat(granted.value("Sec-WebSocket-Accept")).isEqualTo("s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
      assertThat(granted.value("Sec-WebSocket-Protocol")).isEqualTo("b");
      assertThat(granted.values("Content-Length")).isEmpty();
      assertThat(granted.values("Transfer-Encoding")).isEmpty();
    }
  }

  @Test
  void hintsMayComeBeforeTheSwitch() throws IOException {
    try (Peer client = client();
        Peer upstream = asked(client)) {
      upstream.sendHead("HTTP/1.1 103 Early Hints", "Link: </a>");
      assertThat(client.readHead().status()).isEqualTo(103);
      upstream.send("HTTP/1.1 104 X\r\n\r\n" + String.join("\r\n", GRANT) + "\r\n\r\nsoon");
      assertThat(client.readHead().status()).isEqualTo(104);
      assertThat(client.readHead().status()).isEqualTo(101);
      assertThat(client.read(4)).isEqualTo("soon");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"Content-Length: 2", "Content-Length: 0", "Transfer-Encoding: chunked"})
  void whatFollowsASwitchIsNoBody(String framing) throws IOException {
    try (Peer client = client();
        Peer upstream = asked(client)) {
      upstream
          .sendHead("HTTP/1.1 101 OK", "Connection: Upgrade", "Upgrade: websocket", framing)
          .send("much");
      Head head = client.readHead();
      assertThat(head.status()).isEqualTo(101);
      assertThat(head.values("Content-Length")).isEmpty();
      assertThat(head.values("Transfer-Encoding")).isEmpty();
      assertThat(client.read(4)).isEqualTo("much");
    }
  }

  @Test
  void bytesGoBothWays() throws IOException {
    try (Peer client = client();
        Peer upstream = open(client)) {
      client.send("\r\n\u0000from the client");
      assertThat(upstream.read(18)).isEqualTo("\r\n\u0000from the client");
      upstream.send("HTTP/1.1 200 OK\r\n\r\n");
      assertThat(client.read(19)).isEqualTo("HTTP/1.1 200 OK\r\n\r\n");
      client.send("again");
      assertThat(upstream.read(5)).isEqualTo("again");
    }
  }

  @Test
  void bytesThatComeWithTheHeadsAreNotLost() throws IOException {
    try (Peer client = client().send(String.join("\r\n", ASK) + "\r\n\r\nearly");
        Peer upstream = upstreamConnection()) {
      upstream.readHead();
      upstream.send(String.join("\r\n", GRANT) + "\r\n\r\nsoon");
      assertThat(client.readHead().status()).isEqualTo(101);
      assertThat(client.read(4)).isEqualTo("soon");
      assertThat(upstream.read(5)).isEqualTo("early");
    }
  }

  @Test
  void bytesThatComeBeforeTheAnswerDoNotGoToAnUpstreamThatHasNotAgreed() throws IOException {
    try (Peer client = client();
        Peer upstream = asked(client)) {
      client.send("GET /api/hidden HTTP/1.1\r\nHost: g\r\n\r\n");
      upstream.sendHead("HTTP/1.1 403 No", "Content-Length: 2").send("no");
      Head refused = client.readHead();
      assertThat(refused.first()).isEqualTo("HTTP/1.1 403 No");
      assertThat(client.readBody(refused)).isEqualTo("no");
      // It was a request like any other.
      assertThat(upstream.readHead().first()).isEqualTo("GET /hidden HTTP/1.1");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"200 OK", "426 Upgrade Required", "500 Broken"})
  void refusalIsAnAnswerLikeAnyOther(String status) throws IOException {
    try (Peer client = client();
        Peer upstream = asked(client)) {
      upstream.sendHead("HTTP/1.1 " + status, "Content-Length: 3").send("abc");
      Head head = client.readHead();
      assertThat(head.first()).isEqualTo("HTTP/1.1 " + status);
      assertThat(head.values("Upgrade")).isEmpty();
      assertThat(client.readBody(head)).isEqualTo("abc");
      client.sendHead("GET /api/next HTTP/1.1", "Host: g");
      assertThat(upstream.readHead().values("Upgrade")).isEmpty();
    }
  }

  @Test
  void switchThatWasNotAskedForIsABadGateway() throws IOException {
    try (Peer client = client().sendHead("GET /api HTTP/1.1", "Host: g");
        Peer upstream = upstreamConnection()) {
      upstream.readHead();
      upstream.sendHead(GRANT).send("rest");
      assertThat(client.readHead().status()).isEqualTo(502);
      assertThat(upstream.isClosedByOther()).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"Upgrade: h2c", "Upgrade: websocket2", "X: y"})
  void switchToAnotherProtocolIsABadGateway(String field) throws IOException {
    try (Peer client = client();
        Peer upstream = asked(client)) {
      upstream.sendHead("HTTP/1.1 101 Switching Protocols", field, "Connection: Upgrade");
      Head head = client.readHead();
      assertThat(head.status()).isEqualTo(502);
      assertThat(client.readBody(head)).contains("\"UPSTREAM_INVALID_RESPONSE\"");
      assertThat(upstream.isClosedByOther()).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET HTTP/1.1 foo 0",
        "POST HTTP/1.1 websocket 0",
        "GET HTTP/1.1 websocket 3",
        "GET HTTP/1.0 websocket 0",
      })
  void requestForAnythingElseGoesOnWithoutItsUpgrade(String request) throws IOException {
    String[] part = request.split(" ", 4);
    int length = Integer.parseInt(part[3]);
    try (Peer client =
            client()
                .sendHead(
                    part[0] + " /api " + part[1],
                    "Host: g",
                    "Connection: Upgrade",
                    "Upgrade: " + part[2],
                    "Content-Length: " + length)
                .send("x".repeat(length));
        Peer upstream = upstreamConnection()) {
      Head head = upstream.readHead();
      assertThat(head.values("Upgrade")).isEmpty();
      assertThat(head.values("Connection")).isEmpty();
      upstream.sendHead("HTTP/1.1 204 None");
      assertThat(client.readHead().status()).isEqualTo(204);
    }
  }

  @Test
  void upstreamThatClosesEndsTheClientsConnection() throws IOException {
    try (Peer client = client()) {
      try (Peer upstream = open(client)) {
        upstream.send("bye");
      }
      assertThat(client.read(3)).isEqualTo("bye");
      assertThat(client.isClosedByOther()).isTrue();
    }
  }

  @Test
  void upstreamThatResetsEndsTheClientsConnection() throws IOException {
    try (Peer client = client();
        Peer upstream = open(client)) {
      upstream.reset();
      assertThat(client.isClosedByOther()).isTrue();
    }
  }

  @Test
  void clientThatClosesEndsTheUpstreamsConnection() throws IOException {
    Peer client = client();
    try (Peer upstream = open(client)) {
      client.send("bye");
      client.close();
      assertThat(upstream.read(3)).isEqualTo("bye");
      assertThat(upstream.isClosedByOther()).isTrue();
    }
  }

  @Test
  void clientThatResetsEndsTheUpstreamsConnection() throws IOException {
    try (Peer client = client();
        Peer upstream = open(client)) {
      client.reset();
      assertThat(upstream.isClosedByOther()).isTrue();
    }
  }

  @Test
  void endOfOneDirectionLeavesTheOtherOneOpen() throws IOException {
    try (Peer client = client();
        Peer upstream = open(client)) {
      client.send("last");
      client.endOutput();
      assertThat(upstream.read(100)).isEqualTo("last");
      upstream.send("answer");
      upstream.endOutput();
      assertThat(client.read(100)).isEqualTo("answer");
    }
  }

  @Test
  void muchGoesBothWaysAtTheSameTime() throws Exception {
    try (Peer client = client();
        Peer upstream = open(client);
        Pump up = Pump.send(client, 1, MUCH);
        Pump down = Pump.send(upstream, 2, MUCH)) {
      assertThat(Pump.receive(upstream, MUCH)).isEqualTo(up.sum());
      assertThat(Pump.receive(client, MUCH)).isEqualTo(down.sum());
    }
  }

  @Test
  void connectionOfATunnelIsNotUsedAgain() throws IOException {
    Peer client = client();
    try (Peer upstream = open(client)) {
      client.close();
      assertThat(upstream.isClosedByOther()).isTrue();
      try (Peer next = client().sendHead("GET /api HTTP/1.1", "Host: g");
          Peer fresh = upstreamConnection()) {
        fresh.readHead();
        fresh.sendHead("HTTP/1.1 204 None");
        assertThat(next.readHead().status()).isEqualTo(204);
      }
    }
  }

  @Test
  void gatewayThatStopsEndsSilentTunnels() throws IOException {
    try (Peer client = client();
        Peer upstream = open(client)) {
      stopGateway();
      assertThat(client.isClosedByOther()).isTrue();
      assertThat(upstream.isClosedByOther()).isTrue();
    }
  }

  @Test
  void closedApiAnswersAsConfigured() throws IOException {
    serve(false);
    try (Peer client = client().sendHead(ASK)) {
      Head head = client.readHead();
      assertThat(head.status()).isEqualTo(503);
      assertThat(client.readBody(head)).isEqualTo("Back at six");
    }
  }

  @Test
  void tunnelGoesOnWhenItsApiCloses() throws IOException {
    try (Peer client = client();
        Peer upstream = open(client)) {
      serve(false);
      client.send("still");
      assertThat(upstream.read(5)).isEqualTo("still");
      upstream.send("here");
      assertThat(client.read(4)).isEqualTo("here");
    }
  }
}
