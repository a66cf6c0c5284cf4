package dev.intermission.gateway.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.intermission.gateway.Peer;
import dev.intermission.gateway.Peer.Head;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Fields behind a body go on where the other side can take them (RFC 9110 section 6.5). */
class TrailersTest extends ProxyFixture {

  @Test
  void trailersOfARequestArrive() throws IOException {
    try (Peer client =
            client()
                .sendHead(
                    "POST /api HTTP/1.1", "Host: g", "Transfer-Encoding: chunked", "Trailer: X-Sum")
                .send("3\r\nabc\r\n0\r\nX-Sum: 7\r\nX-Other: 8\r\n\r\n");
        Peer upstream = upstreamConnection()) {
      Head head = upstream.readHead();
      assertThat(head.value("Transfer-Encoding")).isEqualTo("chunked");
      assertThat(head.value("Trailer")).isEqualTo("X-Sum");
      assertThat(upstream.readChunk()).isEqualTo("abc");
      assertThat(upstream.readTrailers()).containsExactly("X-Sum: 7", "X-Other: 8");
      upstream.sendHead("HTTP/1.1 204 None");
      assertThat(client.readHead().status()).isEqualTo(204);
    }
  }

  @Test
  void trailersOfARequestThatHaveAMeaningInAHeadStay() throws IOException {
    try (Peer client =
            client()
                .sendHead("POST /api HTTP/1.1", "Host: g", "Transfer-Encoding: chunked")
                .send("1\r\na\r\n")
                .sendHead(
                    "0",
                    "Content-Length: 7",
                    "Host: evil",
                    "X-Forwarded-For: 1.2.3.4",
                    "Authorization: x",
                    "Connection: close",
                    "X-Sum: 7");
        Peer upstream = upstreamConnection()) {
      upstream.readHead();
      assertThat(upstream.readChunk()).isEqualTo("a");
      assertThat(upstream.readTrailers()).containsExactly("X-Sum: 7");
      upstream.sendHead("HTTP/1.1 204 None");
      assertThat(client.readHead().status()).isEqualTo(204);
    }
  }

  @Test
  void trailersOfAResponseArrive() throws IOException {
    try (Peer client = client().sendHead("GET /api HTTP/1.1", "Host: g", "TE: trailers");
        Peer upstream = upstreamConnection()) {
      upstream.readHead();
      upstream
          .sendHead("HTTP/1.1 200 OK", "Transfer-Encoding: chunked", "Trailer: X-Sum")
          .send("3\r\nabc\r\n0\r\nX-Sum: 7\r\nTransfer-Encoding: x\r\n\r\n");
      Head head = client.readHead();
      assertThat(head.value("Trailer")).isEqualTo("X-Sum");
      assertThat(client.readChunk()).isEqualTo("abc");
      assertThat(client.readTrailers()).containsExactly("X-Sum: 7");
    }
  }

  @Test
  void clientOfHttp10GetsNone() throws IOException {
    try (Peer client = client().sendHead("GET /api HTTP/1.0");
        Peer upstream = upstreamConnection()) {
      upstream.readHead();
      upstream
          .sendHead("HTTP/1.1 200 OK", "Transfer-Encoding: chunked", "Trailer: X-Sum")
          .send("3\r\nabc\r\n0\r\nX-Sum: 7\r\n\r\n");
      Head head = client.readHead();
      assertThat(head.values("Trailer")).isEqualTo(List.of());
      assertThat(client.read(10)).isEqualTo("abc");
    }
  }
}
