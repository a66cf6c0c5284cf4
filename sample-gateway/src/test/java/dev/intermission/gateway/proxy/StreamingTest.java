package dev.intermission.gateway.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.intermission.gateway.Peer;
import dev.intermission.gateway.Peer.Head;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** Bodies go on as they come in, both ways; nobody waits for the end of one. */
class StreamingTest extends ProxyFixture {

  private static final String CONTINUE = "HTTP/1.1 100 Continue";

  @Test
  void firstBytesOfARequestArriveBeforeTheLastAreSent() throws IOException {
    try (Peer client =
            client().sendHead("POST /api HTTP/1.1", "Host: g", "Content-Length: 6").send("abc");
        Peer upstream = upstreamConnection()) {
      Head head = upstream.readHead();
      assertThat(head.value("Content-Length")).isEqualTo("6");
      assertThat(head.values("Transfer-Encoding")).isEmpty();
      assertThat(upstream.read(3)).isEqualTo("abc");
      client.send("def");
      assertThat(upstream.read(3)).isEqualTo("def");
      upstream.sendHead("HTTP/1.1 200 OK", "Content-Length: 0");
      assertThat(client.readHead().status()).isEqualTo(200);
    }
  }

  @Test
  void firstChunkOfARequestArrivesBeforeTheLastIsSent() throws IOException {
    try (Peer client =
            client()
                .sendHead("POST /api HTTP/1.1", "Host: g", "Transfer-Encoding: chunked")
                .send("3\r\nabc\r\n");
        Peer upstream = upstreamConnection()) {
      Head head = upstream.readHead();
      assertThat(head.value("Transfer-Encoding")).isEqualTo("chunked");
      assertThat(head.values("Content-Length")).isEmpty();
      assertThat(upstream.readChunk()).isEqualTo("abc");
      client.send("1\r\nd\r\n0\r\n\r\n");
      assertThat(upstream.readChunk()).isEqualTo("d");
      assertThat(upstream.readChunk()).isEmpty();
      upstream.sendHead("HTTP/1.1 200 OK", "Content-Length: 0");
      assertThat(client.readHead().status()).isEqualTo(200);
    }
  }

  @Test
  void emptyBodyIsNoChunkedBody() throws IOException {
    try (Peer client = client().sendHead("POST /api HTTP/1.1", "Host: g", "Content-Length: 0");
        Peer upstream = upstreamConnection()) {
      Head head = upstream.readHead();
      assertThat(head.value("Content-Length")).isEqualTo("0");
      assertThat(head.values("Transfer-Encoding")).isEmpty();
      upstream.sendHead("HTTP/1.1 200 OK", "Content-Length: 0");
      assertThat(client.readHead().status()).isEqualTo(200);
    }
  }

  @Test
  void firstBytesOfAResponseArriveBeforeTheLastAreSent() throws IOException {
    try (Peer client = client().sendHead("GET /api HTTP/1.1", "Host: g");
        Peer upstream = upstreamConnection()) {
      upstream.readHead();
      upstream.sendHead("HTTP/1.1 200 OK", "Content-Length: 2").send("a");
      assertThat(client.readHead().value("Content-Length")).isEqualTo("2");
      assertThat(client.read(1)).isEqualTo("a");
      upstream.send("b");
      assertThat(client.read(1)).isEqualTo("b");
    }
  }

  @Test
  void headAndEventsOfAStreamArriveOneByOne() throws IOException {
    try (Peer client = client().sendHead("GET /api HTTP/1.1", "Host: g");
        Peer upstream = upstreamConnection()) {
      upstream.readHead();
      upstream.sendHead(
          "HTTP/1.1 200 OK", "Content-Type: text/event-stream", "Transfer-Encoding: chunked");
      Head head = client.readHead();
      assertThat(head.value("Content-Type")).isEqualTo("text/event-stream");
      assertThat(head.value("Transfer-Encoding")).isEqualTo("chunked");
      for (int i = 0; i < 10; i++) {
        upstream.send("9\r\ndata: " + i + "\n\n\r\n");
        assertThat(client.readChunk()).isEqualTo("data: " + i + "\n\n");
      }
      upstream.send("0\r\n\r\n");
      assertThat(client.readChunk()).isEmpty();
    }
  }

  @Test
  void responseThatEndsWithItsConnectionIsWhole() throws IOException {
    try (Peer client = client().sendHead("GET /api HTTP/1.1", "Host: g")) {
      try (Peer upstream = upstreamConnection()) {
        upstream.readHead();
        upstream.send("HTTP/1.1 200 OK\r\n\r\nabc");
        assertThat(client.readHead().value("Transfer-Encoding")).isEqualTo("chunked");
        assertThat(client.readChunk()).isEqualTo("abc");
      }
      assertThat(client.readChunk()).isEmpty();
    }
  }

  @Test
  void clientOfHttp10GetsItsBodyUpToTheEndOfTheConnection() throws IOException {
    try (Peer client = client().sendHead("GET /api HTTP/1.0");
        Peer upstream = upstreamConnection()) {
      Head request = upstream.readHead();
      assertThat(request.first()).isEqualTo("GET / HTTP/1.1");
      assertThat(request.value("Via")).matches("1\\.0 intermission-[0-9a-f]{8}");
      assertThat(request.values("X-Forwarded-Host")).isEmpty();
      upstream
          .sendHead("HTTP/1.1 200 OK", "Transfer-Encoding: chunked")
          .send("1\r\na\r\n0\r\n\r\n");
      assertThat(client.readHead().values("Transfer-Encoding")).isEmpty();
      assertThat(client.read(2)).isEqualTo("a");
    }
  }

  @Test
  void expectationIsMetByTheGateway() throws IOException {
    try (Peer client =
            client()
                .sendHead(
                    "PUT /api HTTP/1.1", "Host: g", "Content-Length: 3", "Expect: 100-continue");
        Peer upstream = upstreamConnection()) {
      Head head = upstream.readHead();
      assertThat(head.values("Expect")).isEmpty();
      assertThat(client.readHead().first()).isEqualTo(CONTINUE);
      client.send("abc");
      assertThat(upstream.read(3)).isEqualTo("abc");
      upstream.sendHead("HTTP/1.1 201 Made", "Content-Length: 0");
      assertThat(client.readHead().status()).isEqualTo(201);
    }
  }

  @Test
  void upstreamThatRefusesABodyEarlyIsHeard() throws IOException {
    try (Peer client =
        client().sendHead("PUT /api HTTP/1.1", "Host: g", "Content-Length: 1000").send("abc")) {
      try (Peer upstream = upstreamConnection()) {
        upstream.readHead();
        assertThat(upstream.read(3)).isEqualTo("abc");
        upstream.sendHead("HTTP/1.1 413 No", "Content-Length: 4").send("full");
        Head head = client.readHead();
        assertThat(head.status()).isEqualTo(413);
        assertThat(client.readBody(head)).isEqualTo("full");
      }
    }
  }

  @Test
  void largeBodiesPassWholeBothWays() throws Exception {
    int size = 48 << 20;
    try (Peer client =
            client().sendHead("POST /api HTTP/1.1", "Host: g", "Content-Length: " + size);
        Peer upstream = upstreamConnection()) {
      upstream.readHead();
      try (Pump up = Pump.send(client, 7, size)) {
        assertThat(Pump.receive(upstream, size)).isEqualTo(up.sum());
      }
      upstream.sendHead("HTTP/1.1 200 OK", "Content-Length: " + size);
      assertThat(client.readHead().status()).isEqualTo(200);
      try (Pump down = Pump.send(upstream, 8, size)) {
        assertThat(Pump.receive(client, size)).isEqualTo(down.sum());
      }
    }
  }
}
