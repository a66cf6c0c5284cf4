package dev.intermission.gateway.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.intermission.gate.Stillness;
import dev.intermission.gateway.Http2Peer;
import dev.intermission.gateway.Peer;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Every method, with every kind of body, to the closed MyAPI and its open neighbour. */
abstract class MethodsBehaviour extends DemoTest {

  private static final List<String> METHODS =
      List.of(
          "GET",
          "HEAD",
          "POST",
          "PUT",
          "PATCH",
          "DELETE",
          "OPTIONS",
          "TRACE",
          "CONNECT",
          "PRI",
          "PROPFIND",
          "QUERY",
          "get",
          "X",
          "!#$%&'*+-.^_`|~9");
  private static final long HEAP_NOISE = 48L << 20;
  private static final int THREAD_NOISE = 40;

  /** The body that follows a head, and what the head says of it. */
  private enum Body {
    NONE,
    LENGTH,
    NO_LENGTH,
    NEVER_ENDED,
    LENGTH_NEVER_SENT;

    boolean isComplete() {
      return this != NEVER_ENDED && this != LENGTH_NEVER_SENT;
    }
  }

  MethodsBehaviour(DemoGateway gateway) {
    super(gateway);
  }

  @BeforeEach
  void close() throws IOException {
    assertThat(Operator.text(operator.patch(CLOSE))).isEqualTo(DEPLOYED);
  }

  @Test
  void everyMethodHasItsOutcomeAndLeavesNothingBehind() throws Exception {
    everyMethod();
    Stillness.awaitIt();
    long heap = Stillness.usedHeap();
    int threads = ManagementFactory.getThreadMXBean().getThreadCount();
    everyMethod();
    Stillness.awaitIt();
    assertThat(Stillness.usedHeap()).isLessThan(heap + HEAP_NOISE);
    assertThat(ManagementFactory.getThreadMXBean().getThreadCount())
        .isLessThan(threads + THREAD_NOISE);
    assertThat(gateway.backendCalls("/api/v1")).isZero();
  }

  private void everyMethod() throws IOException {
    for (String method : METHODS) {
      for (Body body : Body.values()) {
        byHttp1(method, "/api/v1/x", body);
        byHttp1(method, "/petstore/x", body);
        byHttp2(method, "/api/v1/x", body);
        byHttp2(method, "/petstore/x", body);
      }
    }
  }

  private void byHttp1(String method, String path, Body body) throws IOException {
    try (Peer client = Peer.connect(gateway.port())) {
      String head = method + " " + path + " HTTP/1.1\r\nHost: localhost\r\n";
      switch (body) {
        case NONE -> client.send(head + "\r\n");
        case LENGTH -> client.send(head + "Content-Length: 5\r\n\r\n12345");
        case NO_LENGTH ->
            client.send(head + "Transfer-Encoding: chunked\r\n\r\n5\r\n12345\r\n0\r\n\r\n");
        case NEVER_ENDED -> client.send(head + "Transfer-Encoding: chunked\r\n\r\n5\r\n12345\r\n");
        case LENGTH_NEVER_SENT -> client.send(head + "Content-Length: 5\r\n\r\n");
      }
      boolean open = path.startsWith("/petstore");
      if (open && !body.isComplete() && !method.equals("CONNECT")) {
        return; // The upstream may wait for the rest; the client leaves instead.
      }
      int status = client.readHead().status();
      assertThat(status).as("%s %s %s", method, path, body).isIn(expected(method, open));
    }
  }

  private void byHttp2(String method, String path, Body body) throws IOException {
    try (Http2Peer client = Http2Peer.connect(gateway.port())) {
      String[] head = {
        ":method", method, ":scheme", "http", ":path", path, ":authority", "localhost"
      };
      boolean length = body == Body.LENGTH || body == Body.LENGTH_NEVER_SENT;
      byte[] block =
          length
              ? Http2Peer.block(false, with(head, "content-length", "5"))
              : Http2Peer.block(false, head);
      int stream = client.request(body == Body.NONE, block);
      if (body == Body.LENGTH || body == Body.NO_LENGTH) {
        client.data(stream, "12345", true);
      }
      boolean open = path.startsWith("/petstore");
      if (open && !body.isComplete() && !method.equals("CONNECT")) {
        client.cancel(stream);
        return;
      }
      Http2Peer.Outcome outcome = client.outcome(stream);
      int status = outcome.reset() > 0 && outcome.status() == 0 ? 400 : outcome.status();
      assertThat(status)
          .as("%s %s %s %s", method, path, body, outcome)
          .isIn(expected(method, open));
    }
  }

  private static String[] with(String[] head, String name, String value) {
    String[] more = Arrays.copyOf(head, head.length + 2);
    more[head.length] = name;
    more[head.length + 1] = value;
    return more;
  }

  /** An upstream that answers before it has read the body may look as if it had broken off. */
  private static Object[] expected(String method, boolean open) {
    if (method.equals("CONNECT")) {
      return new Object[] {400};
    }
    if (open && method.equals("TRACE")) {
      return new Object[] {405};
    }
    return open ? new Object[] {200, 502} : new Object[] {503};
  }
}
