package dev.intermission.gateway.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.intermission.gateway.Http2Peer;
import dev.intermission.gateway.Peer;
import dev.intermission.gateway.config.ListenerConfig;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.junit.jupiter.api.Test;

/** Who takes too long to send a request is cut, though never silent; who takes no longer is not. */
class SlowSenderTest extends ListenerFixture {

  private static final ListenerConfig PATIENT_WITH_SILENCE_ALONE = config(100, LONG, SHORT);

  private static final ListenerConfig WITH_HTTP2 =
      new ListenerConfig("127.0.0.1", 0, 100, 2048, LONG, SHORT, true, null);

  private static final String PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\4\0\0\0\0\0";
  private static final int DATA = 0;
  private static final int HEADERS = 1;
  private static final int CONTINUATION = 9;
  private static final int END_STREAM = 1;
  private static final int END_HEADERS = 4;

  private static Handler echo() {
    return handler(Content.Source::asString);
  }

  private static void assertAnswered(Peer client, String body) throws IOException {
    Peer.Head head = client.readHead();
    assertThat(head.status()).isEqualTo(200);
    assertThat(client.readBody(head)).isEqualTo(body);
  }

  private static void whileAnotherIsCut(Listener listener) throws IOException {
    try (Peer other = connect(listener).send("GET / HTTP/1.1\r\n")) {
      dribbleUntilCut(other, "x");
    }
  }

  @Test
  void operatorWhoDribblesTheFirstHeadIsCut() throws Exception {
    Listener listener = admin(PATIENT_WITH_SILENCE_ALONE, echo());
    try (Peer client = connect(listener).send("GET / HTTP/1.1\r\nX: ")) {
      dribbleUntilCut(client, "x");
    }
  }

  @Test
  void operatorWhoDribblesALaterHeadIsCut() throws Exception {
    Listener listener = admin(PATIENT_WITH_SILENCE_ALONE, echo());
    try (Peer client = connect(listener)) {
      client.sendHead("GET / HTTP/1.1", "Host: g");
      assertAnswered(client, "");
      dribbleUntilCut(client.send("GET / HTTP/1.1\r\nX: "), "x");
    }
  }

  @Test
  void operatorWhoDribblesTheBodyIsCut() throws Exception {
    Listener listener = admin(PATIENT_WITH_SILENCE_ALONE, echo());
    try (Peer client =
        connect(listener).sendHead("POST / HTTP/1.1", "Host: g", "Content-Length: 100000")) {
      dribbleUntilCut(client, "x");
    }
  }

  @Test
  void operatorWhoIsAnsweredSlowlyIsNotCut() throws Exception {
    CountDownLatch answer = new CountDownLatch(1);
    Listener listener =
        admin(
            PATIENT_WITH_SILENCE_ALONE,
            handler(
                request -> {
                  String body = Content.Source.asString(request);
                  answer.await();
                  return body;
                }));
    try (Peer client =
        connect(listener).sendHead("POST / HTTP/1.1", "Host: g", "Content-Length: 3").send("abc")) {
      whileAnotherIsCut(listener);
      answer.countDown();
      assertAnswered(client, "abc");
    }
  }

  @Test
  void operatorBetweenTwoRequestsIsNotCut() throws Exception {
    Listener listener = admin(PATIENT_WITH_SILENCE_ALONE, echo());
    try (Peer client = connect(listener)) {
      for (int i = 0; i < 3; i++) {
        client.sendHead("POST / HTTP/1.1", "Host: g", "Content-Length: 1").send("x");
        assertAnswered(client, "x");
        whileAnotherIsCut(listener);
      }
    }
  }

  @Test
  void clientWhoDribblesTheFirstHeadIsCut() throws Exception {
    Listener listener = traffic(PATIENT_WITH_SILENCE_ALONE, echo());
    try (Peer client = connect(listener).send("GET / HTTP/1.1\r\nX: ")) {
      dribbleUntilCut(client, "x");
    }
  }

  @Test
  void clientWhoDribblesALaterHeadIsCut() throws Exception {
    Listener listener = traffic(PATIENT_WITH_SILENCE_ALONE, echo());
    try (Peer client = connect(listener)) {
      client.sendHead("POST / HTTP/1.1", "Host: g", "Content-Length: 1").send("x");
      assertAnswered(client, "x");
      dribbleUntilCut(client.send("GET / HTTP/1.1\r\nX: "), "x");
    }
  }

  @Test
  void clientWhoDribblesEmptyLinesIsCut() throws Exception {
    Listener listener = traffic(PATIENT_WITH_SILENCE_ALONE, echo());
    try (Peer client = connect(listener)) {
      dribbleUntilCut(client, "\r\n");
    }
    try (Peer client = connect(listener)) {
      client.sendHead("GET / HTTP/1.1", "Host: g");
      assertAnswered(client, "");
      dribbleUntilCut(client, "\r\n");
    }
  }

  @Test
  void clientBetweenTwoRequestsIsNotCut() throws Exception {
    Listener listener = traffic(PATIENT_WITH_SILENCE_ALONE, echo());
    try (Peer client = connect(listener)) {
      for (int i = 0; i < 3; i++) {
        client.sendHead("POST / HTTP/1.1", "Host: g", "Content-Length: 1").send("x");
        assertAnswered(client, "x");
        whileAnotherIsCut(listener);
      }
    }
  }

  @Test
  void clientMayTakeItsTimeOverABody() throws Exception {
    Listener listener = traffic(PATIENT_WITH_SILENCE_ALONE, echo());
    try (Peer client =
        connect(listener).sendHead("POST / HTTP/1.1", "Host: g", "Content-Length: 2").send("a")) {
      whileAnotherIsCut(listener);
      client.send("b");
      assertAnswered(client, "ab");
    }
  }

  /** The preface, the settings, and the head of a frame for the first stream. */
  private static String begun(int length, int type, int flags) {
    return PREFACE + frame(length, type, flags);
  }

  private static String frame(int length, int type, int flags) {
    return "\0"
        + (char) (length >> 8)
        + (char) (length & 0xff)
        + (char) type
        + (char) flags
        + "\0\0\0\1";
  }

  @Test
  void clientWhoDribblesAHeadOfHttp2IsCut() throws Exception {
    Listener listener = traffic(WITH_HTTP2, echo());
    try (Peer client = connect(listener).send(begun(1 << 14, HEADERS, END_HEADERS))) {
      dribbleUntilCut(client, "\0");
    }
  }

  @Test
  void clientWhoDribblesFramesOfOneHeadIsCut() throws Exception {
    Listener listener = traffic(WITH_HTTP2, echo());
    try (Peer client = connect(listener).send(begun(1, HEADERS, 0)).send("\u0082")) {
      dribbleUntilCut(client, frame(1, CONTINUATION, 0) + "\u0084");
    }
  }

  @Test
  void clientMayTakeItsTimeOverABodyOfHttp2() throws Exception {
    Listener listener = traffic(WITH_HTTP2, echo());
    byte[] head =
        Http2Peer.block(
            false, ":method", "POST", ":scheme", "http", ":path", "/", ":authority", "g");
    try (Http2Peer client = Http2Peer.connect(listener.port())) {
      int stream = client.request(false, head);
      client.raw(frame(2, DATA, END_STREAM) + "a");
      whileAnotherIsCut(listener);
      client.raw("b");
      assertThat(client.outcome(stream).body()).isEqualTo("ab");
    }
  }
}
