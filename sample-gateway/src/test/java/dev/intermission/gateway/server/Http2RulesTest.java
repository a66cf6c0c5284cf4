package dev.intermission.gateway.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.intermission.gateway.Http2Peer;
import dev.intermission.gateway.config.ListenerConfig;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.server.Request;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What may come in by HTTP/2, at both listeners. */
class Http2RulesTest extends ListenerFixture {

  private static final int PROTOCOL_ERROR = 1;
  private static final ListenerConfig CONFIG =
      new ListenerConfig("127.0.0.1", 0, 100, 8192, LONG, LONG, true, null);

  private final AtomicInteger handled = new AtomicInteger();
  private final List<Listener> listeners = new ArrayList<>();

  @BeforeEach
  void start() throws Exception {
    listeners.add(traffic(CONFIG, handler(this::seen)));
    listeners.add(admin(CONFIG, handler(this::seen)));
  }

  private String seen(Request request) {
    handled.incrementAndGet();
    return request.getHttpURI().asString()
        + " "
        + Request.getServerName(request)
        + " "
        + request.isSecure();
  }

  private static String[] get(String... more) {
    List<String> fields =
        new ArrayList<>(
            List.of(":method", "GET", ":scheme", "http", ":path", "/x", ":authority", "a.example"));
    for (int i = 0; i < more.length; i += 2) {
      int pseudo = fields.indexOf(more[i]);
      if (pseudo >= 0 && more[i].startsWith(":")) {
        fields.set(pseudo + 1, more[i + 1]);
      } else {
        fields.addAll(List.of(more[i], more[i + 1]));
      }
    }
    return fields.toArray(String[]::new);
  }

  /** Refused, by us or by Jetty, before anybody has seen it. */
  private void assertMalformed(boolean ended, String... fields) throws IOException {
    handled.set(0);
    for (Listener listener : listeners) {
      try (Http2Peer client = Http2Peer.connect(listener.port())) {
        Http2Peer.Outcome outcome = client.outcome(client.request(ended, fields));
        assertThat(outcome.isRefused()).as(outcome.toString()).isTrue();
        assertThat(handled).hasValue(0);
      }
    }
  }

  private void assertSeen(String seen, String... fields) throws IOException {
    for (Listener listener : listeners) {
      try (Http2Peer client = Http2Peer.connect(listener.port())) {
        assertThat(client.outcome(client.request(true, fields)).body()).isEqualTo(seen);
      }
    }
  }

  @Test
  void malformedRequestEndsItsStreamAlone() throws Exception {
    for (Listener listener : listeners) {
      try (Http2Peer client = Http2Peer.connect(listener.port())) {
        int bad = client.request(true, get(":method", "GET /closed?"));
        assertThat(client.outcome(bad).reset()).isEqualTo(PROTOCOL_ERROR);
        assertThat(client.outcome(client.request(true, get())).status()).isEqualTo(200);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", " ", "GET /closed?", "G\u00e9T", "GET\u0001", "G,T", "G:T", "\"GET\"", "G{}T"})
  void methodIsAToken(String method) throws Exception {
    assertMalformed(true, get(":method", method));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/x y", "/x\u007f", "/x#y"})
  void pathHasTheCharactersOfAPath(String path) throws Exception {
    assertMalformed(true, get(":path", path));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "transfer-encoding:chunked",
        "keep-alive:timeout=5",
        "proxy-connection:keep-alive",
        "upgrade:h2c",
        "connection:TE"
      })
  void fieldIsNoneOfTheConnection(String field) throws Exception {
    assertMalformed(true, get(field.split(":", 2)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"5", "+5", "-0", "0x0", "+0", "005"})
  void lengthIsThatOfTheBodyThatIsNone(String length) throws Exception {
    assertMalformed(true, get("content-length", length));
  }

  @ParameterizedTest
  @ValueSource(strings = {"+5", "0x5"})
  void lengthIsDigits(String length) throws Exception {
    assertMalformed(false, get("content-length", length));
  }

  @Test
  void lengthIsThereOnce() throws Exception {
    assertMalformed(false, get("content-length", "5", "content-length", "5"));
  }

  @Test
  void zeroIsALengthOfNoBody() throws Exception {
    assertSeen("http://a.example/x a.example false", get("content-length", "0"));
  }

  /** Jetty remembers for the connection what it refuses, and would let it through from there. */
  @ParameterizedTest
  @ValueSource(strings = {"x y:z", "x:a\r\nb", "x:a\u0000b", "x:\u001b[1m"})
  void fieldThatWasRefusedIsRefusedFromTheTableToo(String field) throws Exception {
    ByteArrayOutputStream first = new ByteArrayOutputStream();
    first.writeBytes(Http2Peer.block(false, get()));
    first.writeBytes(Http2Peer.block(true, field.split(":", 2)));
    ByteArrayOutputStream second = new ByteArrayOutputStream();
    second.writeBytes(Http2Peer.block(false, get()));
    second.write(0x80 | 62);
    for (Listener listener : listeners) {
      try (Http2Peer client = Http2Peer.connect(listener.port())) {
        assertThat(client.outcome(client.request(true, first.toByteArray())).isRefused()).isTrue();
        assertThat(client.outcome(client.request(true, second.toByteArray())).isRefused()).isTrue();
      }
    }
    assertThat(handled).hasValue(0);
  }

  @Test
  void hostIsTheAuthorityWhereThereIsNone() throws Exception {
    assertSeen(
        "http://b.example:81/x b.example false",
        ":method",
        "GET",
        ":scheme",
        "http",
        ":path",
        "/x",
        "host",
        "b.example:81");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a b", "a/b", "a@b", "a:b", "a\u00e9"})
  void hostThatIsNoneIsNoAuthority(String host) throws Exception {
    assertMalformed(true, ":method", "GET", ":scheme", "http", ":path", "/x", "host", host);
  }

  @Test
  void requestIsForSomeHost() throws Exception {
    assertMalformed(true, ":method", "GET", ":scheme", "http", ":path", "/x");
    assertMalformed(true, get(":authority", ""));
  }

  @Test
  void authorityAndHostAreOne() throws Exception {
    for (Listener listener : listeners) {
      try (Http2Peer client = Http2Peer.connect(listener.port())) {
        assertThat(client.outcome(client.request(true, get("host", "b.example"))).isRefused())
            .isTrue();
      }
    }
    assertThat(handled).hasValue(0);
  }

  @ParameterizedTest
  @ValueSource(strings = {"https", "wss"})
  void schemeIsThatOfTheConnection(String scheme) throws Exception {
    assertSeen("http://a.example/x a.example false", get(":scheme", scheme));
  }

  @Test
  void connectIsRefused() throws Exception {
    for (Listener listener : listeners) {
      try (Http2Peer client = Http2Peer.connect(listener.port())) {
        int stream = client.request(false, ":method", "CONNECT", ":authority", "b.example:443");
        assertThat(client.outcome(stream).status()).isEqualTo(501);
      }
    }
    assertThat(handled).hasValue(0);
    assertMalformed(true, get(":method", "CONNECT"));
    assertMalformed(false, get(":method", "CONNECT", ":protocol", "websocket"));
  }
}
