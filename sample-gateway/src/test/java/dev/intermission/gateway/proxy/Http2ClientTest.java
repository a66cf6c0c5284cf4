package dev.intermission.gateway.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.intermission.gateway.Http2Peer;
import dev.intermission.gateway.Peer;
import dev.intermission.gateway.Peer.Head;
import java.util.List;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.MetaData;
import org.junit.jupiter.api.Test;

/** What HTTP/2 says in its own way arrives, and is said in that way to its clients. */
class Http2ClientTest extends ProxyFixture {

  @Override
  boolean http2() {
    return true;
  }

  private static String[] head(String method) {
    return new String[] {":method", method, ":scheme", "http", ":path", "/api", ":authority", "g"};
  }

  private static int status(MetaData head) {
    return ((MetaData.Response) head).getStatus();
  }

  @Test
  void interimResponsesArrive() throws Exception {
    try (Http2Peer client = Http2Peer.connect(trafficPort())) {
      int stream = client.request(true, head("GET"));
      try (Peer upstream = upstreamConnection()) {
        upstream.readHead();
        upstream.sendHead("HTTP/1.1 103 Early Hints", "Link: </a.css>; rel=preload");
        upstream.sendHead("HTTP/1.1 103 Early Hints", "Link: </b.css>; rel=preload");
        upstream.sendHead("HTTP/1.1 200 OK", "Content-Length: 1").send("x");
        List<MetaData> heads = client.heads(stream);
        assertThat(heads).extracting(Http2ClientTest::status).containsExactly(103, 103, 200);
        assertThat(heads)
            .extracting(head -> head.getHttpFields().get("Link"))
            .containsExactly("</a.css>; rel=preload", "</b.css>; rel=preload", null);
      }
    }
  }

  @Test
  void trailersOfAResponseArrive() throws Exception {
    try (Http2Peer client = Http2Peer.connect(trafficPort())) {
      int stream = client.request(true, head("GET"));
      try (Peer upstream = upstreamConnection()) {
        upstream.readHead();
        upstream
            .sendHead("HTTP/1.1 200 OK", "Transfer-Encoding: chunked", "Trailer: X-Sum")
            .send("3\r\nabc\r\n0\r\nX-Sum: 7\r\nConnection: x\r\n\r\n");
        List<MetaData> heads = client.heads(stream);
        assertThat(heads).hasSize(2);
        assertThat(status(heads.get(0))).isEqualTo(200);
        assertThat(heads.get(1).getHttpFields())
            .extracting(HttpField::getName, HttpField::getValue)
            .containsExactly(tuple("x-sum", "7"));
      }
    }
  }

  @Test
  void trailersOfARequestArrive() throws Exception {
    try (Http2Peer client = Http2Peer.connect(trafficPort())) {
      int stream = client.request(false, head("POST"));
      client.data(stream, "abc", false);
      client.trailers(stream, "x-sum", "7", "host", "evil");
      try (Peer upstream = upstreamConnection()) {
        Head request = upstream.readHead();
        assertThat(request.value("Transfer-Encoding")).isEqualTo("chunked");
        assertThat(upstream.readChunk()).isEqualTo("abc");
        assertThat(upstream.readTrailers()).containsExactly("x-sum: 7");
        upstream.sendHead("HTTP/1.1 204 None");
        assertThat(client.outcome(stream).status()).isEqualTo(204);
      }
    }
  }

  @Test
  void answerToHeadHasTheLengthThatTheUpstreamSaidAndNoOther() throws Exception {
    try (Http2Peer client = Http2Peer.connect(trafficPort())) {
      int without = client.request(true, head("HEAD"));
      try (Peer upstream = upstreamConnection()) {
        upstream.readHead();
        upstream.sendHead("HTTP/1.1 200 OK", "Content-Type: text/plain");
        List<MetaData> heads = client.heads(without);
        assertThat(heads).hasSize(1);
        assertThat(status(heads.get(0))).isEqualTo(200);
        assertThat(heads.get(0).getHttpFields().contains(HttpHeader.CONTENT_LENGTH)).isFalse();

        int with = client.request(true, head("HEAD"));
        upstream.readHead();
        upstream.sendHead("HTTP/1.1 200 OK", "Content-Length: 5000000000");
        heads = client.heads(with);
        assertThat(heads).hasSize(1);
        assertThat(heads.get(0).getHttpFields().get(HttpHeader.CONTENT_LENGTH))
            .isEqualTo("5000000000");
      }
    }
  }
}
