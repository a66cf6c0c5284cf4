package dev.intermission.gateway.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.intermission.gate.Wire;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Requests that can't be read are refused, while those of other clients get their own answers: no
 * two connections ever have the same buffer.
 */
class UnreadableHeadsTest extends ListenerFixture {

  private static final int CLIENTS = 10;
  private static final int REQUESTS_OF_EACH = 5_000;

  private static final List<String> UNREADABLE =
      List.of(
          "GET /..;;x=1/open%2f.%2fclosed/ HTTP/1.1\r\nHost: g\r\n\r\n",
          "GET /%00 HTTP/1.1\r\nHost: g\r\n\r\n",
          "G\u0001T / HTTP/1.1\r\nHost: g\r\n\r\n",
          "GET / HTTP/1.1\r\nHost: g\r\nA B: c\r\n\r\n",
          "GET / HTTP/1.1\r\n\r\n");

  private static final class Echo extends Handler.Abstract.NonBlocking {
    @Override
    public boolean handle(Request request, Response response, Callback callback) {
      Content.Sink.write(response, true, request.getHttpURI().getPath(), callback);
      return true;
    }
  }

  @Test
  @Tag("slow")
  void clientsGetTheirOwnAnswersBesideThem() throws Exception {
    long seed = System.nanoTime();
    Listener listener = traffic(config(100, LONG, LONG), new Echo());
    ExecutorService threads = Executors.newFixedThreadPool(CLIENTS);
    try {
      List<Future<List<String>>> clients = new ArrayList<>();
      for (int i = 0; i < CLIENTS; i++) {
        Client client = new Client(listener.port(), new Random(seed + i), "/client-" + i + "/");
        clients.add(threads.submit(client::wrongAnswers));
      }
      for (Future<List<String>> client : clients) {
        assertThat(client.get()).as("seed %d", seed).isEmpty();
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private static final class Client {

    private final int port;
    private final Random random;
    private final String path;
    private @Nullable Wire wire;

    Client(int port, Random random, String path) {
      this.port = port;
      this.random = random;
      this.path = path;
    }

    List<String> wrongAnswers() throws IOException {
      List<String> wrong = new ArrayList<>();
      for (int i = 0; i < REQUESTS_OF_EACH; i++) {
        boolean unreadable = random.nextInt(4) == 0;
        String own = path + i;
        String request =
            unreadable
                ? UNREADABLE.get(random.nextInt(UNREADABLE.size()))
                : "GET " + own + " HTTP/1.1\r\nHost: g\r\n\r\n";
        String answer = answer(request);
        boolean isRight =
            unreadable ? answer.startsWith("HTTP/1.1 400 ") : answer.endsWith("|" + own);
        if (!isRight) {
          wrong.add(request + " got " + answer);
        }
        if (unreadable || !isRight) {
          close();
        }
      }
      close();
      return wrong;
    }

    private String answer(String request) {
      try {
        Wire open = wire == null ? new Wire(port) : wire;
        wire = open;
        open.send(request);
        Wire.Reply reply = open.read(false);
        return reply.statusLine() + "|" + reply.text();
      } catch (IOException e) {
        return e.toString();
      }
    }

    private void close() throws IOException {
      if (wire != null) {
        wire.close();
        wire = null;
      }
    }
  }
}
