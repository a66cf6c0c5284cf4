package dev.intermission.gateway.server;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.intermission.gateway.LoggedErrors;
import dev.intermission.gateway.Peer;
import dev.intermission.gateway.Peer.Head;
import dev.intermission.gateway.config.ListenerConfig;
import java.io.IOException;
import java.net.ConnectException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ListenerTest extends ListenerFixture {

  private static final Duration LONGER_THAN_IDLE_WHILE_STOPPING = Duration.ofSeconds(3);

  private static final ListenerConfig PATIENT = config(100, LONG, LONG);

  private static String envelope(String error, String text) {
    return """
    {"status":"FAILURE","resultMessage":"%s","error":"%s","error_description":"%s"}"""
        .formatted(text, error, text);
  }

  private static void assertRefused(Peer client, int status, String body) throws IOException {
    Head head = client.readHead();
    assertThat(head.status()).isEqualTo(status);
    assertThat(head.value("Content-Type")).isEqualTo("application/json;charset=UTF-8");
    assertThat(head.value("Cache-Control")).isEqualTo("no-store");
    assertThat(head.values("Server")).isEmpty();
    assertThat(client.readBody(head)).isEqualTo(body);
  }

  @Test
  void portIsTakenBeforeAnythingAnswers() {
    try (Listener listener = Listener.admin(PATIENT, new StopTime(LONG))) {
      ListenerConfig same =
          new ListenerConfig("127.0.0.1", listener.port(), 1, 2048, LONG, LONG, false, null);
      assertThatThrownBy(() -> Listener.traffic(same, new StopTime(LONG)))
          .isInstanceOf(ListenException.class)
          .hasMessageStartingWith(
              "Can't listen on 127.0.0.1 port %d (traffic): ".formatted(listener.port()))
          .hasMessageEndingWith("give another port with --port.");
    }
  }

  @Test
  void portIsFreeAfterwards() {
    Listener listener = Listener.admin(PATIENT, new StopTime(LONG));
    listener.close();
    assertThatThrownBy(() -> Peer.connect(listener.port())).isInstanceOf(ConnectException.class);
  }

  @Test
  void hostThatIsNotOfThisMachineIsTold() {
    ListenerConfig elsewhere = new ListenerConfig("192.0.2.1", 0, 1, 2048, LONG, LONG, false, null);
    assertThatThrownBy(() -> Listener.admin(elsewhere, new StopTime(LONG)))
        .isInstanceOf(ListenException.class)
        .hasMessageStartingWith("Can't listen on 192.0.2.1 port 0 (admin): ");
  }

  @Test
  void whatNoHandlerTakesIsNotFound() throws Exception {
    Listener listener = admin(PATIENT, new Handler.Sequence());
    try (Peer client = connect(listener).sendHead("GET /x HTTP/1.1", "Host: g")) {
      assertRefused(client, 404, envelope("not_found", "There is nothing at this path"));
    }
  }

  @Test
  void failureIsAnErrorInTheLogAndTellsNothingOfTheInside() throws Exception {
    Listener listener =
        admin(
            PATIENT,
            handler(
                request -> {
                  throw new IllegalStateException("secret of the inside");
                }));
    try (LoggedErrors errors = new LoggedErrors();
        Peer client = connect(listener).sendHead("GET /x HTTP/1.1", "Host: g")) {
      assertRefused(client, 500, envelope("server_error", "An unexpected error occurred"));
      assertThat(errors.all())
          .singleElement(STRING)
          .contains("GET /x failed", "IllegalStateException: secret of the inside");
    }
  }

  @Test
  void headThatIsTooLongIsRefused() throws Exception {
    Listener listener = admin(PATIENT, new Handler.Sequence());
    try (Peer client =
        connect(listener).sendHead("GET / HTTP/1.1", "Host: g", "X: " + "x".repeat(3000))) {
      assertRefused(
          client,
          431,
          envelope("request_header_fields_too_large", "Request Header Fields Too Large"));
    }
    try (Peer client =
        connect(listener).sendHead("GET /" + "x".repeat(3000) + " HTTP/1.1", "Host: g")) {
      assertRefused(client, 414, envelope("uri_too_long", "URI Too Long"));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET / HTTP/1.1\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: g\r\nContent-Length: x\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: g\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: g\r\nX : y\r\n\r\n",
        "\u0001\u0002\u0003\r\n\r\n"
      })
  void whatIsNoRequestIsRefused(String request) throws Exception {
    Listener listener = traffic(PATIENT, handler(r -> "taken for a request"));
    try (Peer client = connect(listener).send(request)) {
      Head head = client.readHead();
      assertThat(head.status()).isEqualTo(400);
      assertThat(client.readBody(head))
          .contains("\"faultCode\":\"BAD_REQUEST\"")
          .doesNotContainIgnoringCase("jetty");
    }
  }

  @Test
  void operatorsBodyThatIsTooLongIsRefused() throws Exception {
    Listener listener = admin(PATIENT, handler(Content.Source::asString));
    try (Peer client =
        connect(listener).sendHead("POST / HTTP/1.1", "Host: g", "Content-Length: 5000000")) {
      assertRefused(client, 413, envelope("payload_too_large", "Payload Too Large"));
    }
  }

  @Test
  void connectionThatIsSilentIsClosed() throws Exception {
    Listener listener = admin(config(100, SHORT, LONG), new Handler.Sequence());
    try (Peer client = connect(listener)) {
      assertThat(client.isClosedByOther()).isTrue();
    }
  }

  @Test
  void noMoreConnectionsAreServedAtATimeThanAllowed() throws Exception {
    AtomicInteger most = new AtomicInteger();
    Listener listener =
        admin(
            config(2, LONG, LONG),
            handler(
                request -> {
                  int open =
                      request.getConnectionMetaData().getConnector().getConnectedEndPoints().size();
                  return "" + most.accumulateAndGet(open, Math::max);
                }));
    List<Peer> clients = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      clients.add(connect(listener).sendHead("GET / HTTP/1.1", "Host: g"));
    }
    for (Peer client : clients) {
      try (client) {
        assertThat(client.readHead().status()).isEqualTo(200);
      }
    }
    assertThat(most).hasValue(2);
  }

  @Test
  void requestInFlightFinishesWhileNewConnectionsAreRefused() throws Exception {
    CountDownLatch handled = new CountDownLatch(1);
    CountDownLatch answer = new CountDownLatch(1);
    Listener listener =
        traffic(
            PATIENT,
            handler(
                request -> {
                  handled.countDown();
                  answer.await();
                  return "whole";
                }));
    try (Peer client = connect(listener).sendHead("GET / HTTP/1.1", "Host: g")) {
      handled.await();
      CompletableFuture<Void> closed = CompletableFuture.runAsync(listener::close);
      await().until(() -> Peer.isRefused(listener.port()));
      assertThat(client.isClosedWithin(LONGER_THAN_IDLE_WHILE_STOPPING)).isFalse();
      answer.countDown();
      Head head = client.readHead();
      assertThat(head.status()).isEqualTo(200);
      assertThat(client.readBody(head)).isEqualTo("whole");
      closed.get(30, SECONDS);
    }
  }

  @Test
  void requestsInFlightAtTwoListenersAreCutAfterTheTimeForOne() throws Exception {
    StopTime stopTime = new StopTime(Duration.ofSeconds(1));
    List<Listener> listeners =
        List.of(Listener.traffic(PATIENT, stopTime), Listener.admin(PATIENT, stopTime));
    for (Listener listener : listeners) {
      listener.start(
          new Handler.Abstract() {
            @Override
            public boolean handle(Request request, Response response, Callback callback) {
              return true;
            }
          });
    }
    try (Peer first = connect(listeners.get(0)).sendHead("GET / HTTP/1.1", "Host: g");
        Peer second = connect(listeners.get(1)).sendHead("GET / HTTP/1.1", "Host: g")) {
      assertThat(first.isClosedWithin(Duration.ofMillis(100))).isFalse();
      assertThat(second.isClosedWithin(Duration.ofMillis(100))).isFalse();
      listeners.get(0).close();
      assertThat(first.isClosedByOther()).isTrue();
      assertThat(stopTime.leftForRequests()).isZero();
      listeners.get(1).close();
      assertThat(second.isClosedByOther()).isTrue();
    }
  }

  @Test
  void openConnectionIsServedWhileTheListenerStopsAndToldThatItEnds() throws Exception {
    CountDownLatch answer = new CountDownLatch(1);
    Listener listener =
        traffic(
            PATIENT,
            handler(
                request -> {
                  if (request.getHttpURI().getPath().equals("/slow")) {
                    answer.await();
                  }
                  return "whole";
                }));
    try (Peer slow = connect(listener).sendHead("GET /slow HTTP/1.1", "Host: g");
        Peer client = connect(listener)) {
      Head before = client.sendHead("GET / HTTP/1.1", "Host: g").readHead();
      assertThat(before.values("Connection")).isEmpty();
      assertThat(client.readBody(before)).isEqualTo("whole");

      CompletableFuture<Void> closed = CompletableFuture.runAsync(listener::close);
      await().until(() -> Peer.isRefused(listener.port()));
      Head last = client.sendHead("GET / HTTP/1.1", "Host: g").readHead();
      assertThat(last.status()).isEqualTo(200);
      assertThat(last.value("Connection")).isEqualTo("close");
      assertThat(client.readBody(last)).isEqualTo("whole");
      assertThat(client.isClosedByOther()).isTrue();
      answer.countDown();
      assertThat(slow.readBody(slow.readHead())).isEqualTo("whole");
      closed.get(30, SECONDS);
    }
  }

  @Test
  void resourceAnswersGetAndHeadOfItsPathAlone() throws Exception {
    Handler resource =
        new JsonResource(
            "/x", () -> new JsonResource.State(503, JsonNodeFactory.instance.textNode("y")));
    Listener listener = admin(PATIENT, resource);
    try (Peer client = connect(listener)) {
      Head get = client.sendHead("GET /x HTTP/1.1", "Host: g").readHead();
      assertThat(get.status()).isEqualTo(503);
      assertThat(client.readBody(get)).isEqualTo("\"y\"\n");
      Head head = client.sendHead("HEAD /x HTTP/1.1", "Host: g").readHead();
      assertThat(head.value("Content-Length")).isEqualTo("4");
      Head post = client.sendHead("POST /x HTTP/1.1", "Host: g").readHead();
      assertThat(post.status()).isEqualTo(405);
      assertThat(post.value("Allow")).isEqualTo("GET, HEAD");
      client.readBody(post);
      assertThat(client.sendHead("GET /x/ HTTP/1.1", "Host: g").readHead().status()).isEqualTo(404);
    }
  }
}
