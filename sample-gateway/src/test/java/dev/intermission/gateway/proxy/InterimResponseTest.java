package dev.intermission.gateway.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.intermission.gateway.Peer;
import dev.intermission.gateway.Peer.Head;
import dev.intermission.gateway.config.UpstreamConfig;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An upstream may send any number of interim responses of any kind before the final one. */
class InterimResponseTest extends ProxyFixture {

  @Override
  UpstreamConfig upstream() {
    return new UpstreamConfig(LONG, Duration.ofSeconds(1), LONG, 10, false);
  }

  private static void sendInterim(Peer upstream, String statuses) throws IOException {
    for (String status : statuses.split(" ", -1)) {
      upstream.sendHead("HTTP/1.1 " + status + " X", "Link: </style.css>; rel=preload");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"100", "102", "103", "104", "199", "100 100", "103 103", "102 104 100 199 103"})
  void finalResponseArrivesAfterInterimOnes(String statuses) throws IOException {
    try (Peer client = client();
        Peer upstream = firstRequest(client)) {
      sendInterim(upstream, statuses);
      assertInterimArrive(client, statuses);
      upstream.sendHead("HTTP/1.1 200 OK", "Content-Length: 3").send("abc");
      Head head = client.readHead();
      assertThat(head.status()).isEqualTo(200);
      assertThat(client.readBody(head)).isEqualTo("abc");

      client.sendHead("GET /api/again HTTP/1.1", "Host: g");
      assertThat(upstream.readHead().first()).isEqualTo("GET /again HTTP/1.1");
      upstream.sendHead("HTTP/1.1 204 None");
      assertThat(client.readHead().status()).isEqualTo(204);
    }
  }

  /** All but 100, which is the gateway's own; Jetty writes fields with 103 only. */
  private static void assertInterimArrive(Peer client, String statuses) throws IOException {
    for (String status : statuses.split(" ", -1)) {
      if (!status.equals("100")) {
        Head interim = client.readHead();
        assertThat(interim.status()).isEqualTo(Integer.parseInt(status));
        if (status.equals("103")) {
          assertThat(interim.fields()).containsExactly("Link: </style.css>; rel=preload");
        }
      }
    }
  }

  @Test
  void clientOfHttp10GetsTheFinalResponseAlone() throws IOException {
    try (Peer client = client().sendHead("GET /api HTTP/1.0");
        Peer upstream = upstreamConnection()) {
      upstream.readHead();
      sendInterim(upstream, "103 104");
      upstream.sendHead("HTTP/1.1 200 OK", "Content-Length: 1").send("a");
      assertThat(client.readHead().status()).isEqualTo(200);
    }
  }

  private Peer firstRequest(Peer client) throws IOException {
    client.sendHead("GET /api HTTP/1.1", "Host: g");
    Peer upstream = upstreamConnection();
    upstream.readHead();
    return upstream;
  }

  @Test
  void allInOnePacketAreReadOneByOne() throws IOException {
    try (Peer client = client();
        Peer upstream = firstRequest(client)) {
      upstream.send(
          "HTTP/1.1 104 A\r\n\r\nHTTP/1.1 100 B\r\nX: y\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\na");
      assertThat(client.readHead().status()).isEqualTo(104);
      Head head = client.readHead();
      assertThat(head.status()).isEqualTo(200);
      assertThat(head.values("X")).isEmpty();
      assertThat(client.readBody(head)).isEqualTo("a");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"100", "102", "103", "104", "199", "100 100", "104 104"})
  void upstreamThatClosesAfterInterimResponsesBrokeOff(String statuses) throws IOException {
    try (Peer client = client()) {
      try (Peer upstream = firstRequest(client)) {
        sendInterim(upstream, statuses);
        assertInterimArrive(client, statuses);
      }
      Head head = client.readHead();
      assertThat(head.status()).isEqualTo(502);
      assertThat(client.readBody(head)).contains("\"UPSTREAM_BROKE_OFF\"");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"100", "102", "103", "104", "199", "100 100", "104 104"})
  void upstreamThatIsSilentAfterInterimResponsesIsGivenUp(String statuses) throws IOException {
    try (Peer client = client();
        Peer upstream = firstRequest(client)) {
      sendInterim(upstream, statuses);
      assertInterimArrive(client, statuses);
      Head head = client.readHead();
      assertThat(head.status()).isEqualTo(504);
      assertThat(client.readBody(head)).contains("\"UPSTREAM_TIMEOUT\"");
      assertThat(upstream.isClosedByOther()).isTrue();
    }
  }

  @Test
  void upstreamThatBreaksOffInsideAnInterimResponseIsABadGateway() throws IOException {
    try (Peer client = client()) {
      try (Peer upstream = firstRequest(client)) {
        upstream.send("HTTP/1.1 104 X\r\nLink: </a");
      }
      assertThat(client.readHead().status()).isEqualTo(502);
    }
  }

  @Test
  void clientThatLeavesDuringItsUploadTakesTheUpstreamsConnectionWithIt() throws IOException {
    Peer client =
        client().sendHead("POST /api HTTP/1.1", "Host: g", "Content-Length: 9").send("abc");
    try (Peer upstream = upstreamConnection()) {
      upstream.readHead();
      assertThat(upstream.read(3)).isEqualTo("abc");
      sendInterim(upstream, "104 104");
      client.close();
      assertThatThrownBy(
              () -> {
                while (true) {
                  sendInterim(upstream, "104");
                }
              })
          .isInstanceOf(IOException.class);
    }
  }
}
