package dev.intermission.gateway.server;

import static org.assertj.core.api.Assertions.assertThat;

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
  void clientMayTakeItsTimeOverABody() throws Exception {
    Listener listener = traffic(PATIENT_WITH_SILENCE_ALONE, echo());
    try (Peer client =
        connect(listener).sendHead("POST / HTTP/1.1", "Host: g", "Content-Length: 2").send("a")) {
      whileAnotherIsCut(listener);
      client.send("b");
      assertAnswered(client, "ab");
    }
  }
}
