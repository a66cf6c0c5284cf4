package dev.intermission.trafficlog.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.intermission.trafficlog.connection.LogTarget;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WebhookSinkTest {

  private final List<String> received = new CopyOnWriteArrayList<>();
  private final CountDownLatch end = new CountDownLatch(1);
  private volatile int status = 204;
  private volatile boolean isSilent;
  private HttpServer server;
  private WebhookSink sink;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 10);
    server.createContext(
        "/intake",
        exchange -> {
          received.add(
              exchange.getRequestMethod()
                  + " "
                  + exchange.getRequestHeaders().getFirst("Authorization")
                  + " "
                  + exchange.getRequestHeaders().getFirst("X-Source")
                  + " "
                  + exchange.getRequestHeaders().getFirst("Content-Type")
                  + " "
                  + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
          try {
            if (isSilent) {
              end.await();
            }
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          exchange.sendResponseHeaders(status, -1);
          exchange.close();
        });
    server.start();
    sink = sink(server.getAddress().getPort(), Duration.ofSeconds(60));
  }

  private static WebhookSink sink(int port, Duration timeout) {
    URI url = URI.create("http://127.0.0.1:" + port + "/intake?key=k");
    return new WebhookSink(
        new LogTarget.Webhook(
            url, "PUT", Map.of("X-Source", "s"), Map.of("Authorization", "VARIABLE"), timeout),
        Map.of("Authorization", "Bearer t"));
  }

  @AfterEach
  void stop() {
    end.countDown();
    server.stop(0);
  }

  private static List<byte[]> records() {
    return List.of(
        "{\"a\":1}".getBytes(StandardCharsets.UTF_8), "{}".getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void batchIsARequestWithAnArrayAndItsFields() throws Exception {
    sink.write(records());
    assertThat(received).containsExactly("PUT Bearer t s application/json [{\"a\":1},{}]");
  }

  @Test
  void failureIsToldWithoutTheSecretsOfTheUrl() {
    status = 503;
    assertThatThrownBy(() -> sink.write(records()))
        .isExactlyInstanceOf(IOException.class)
        .hasMessageMatching("http://127.0.0.1:[0-9]+ has answered with the status 503");
    status = 413;
    assertThatThrownBy(() -> sink.write(records()))
        .isInstanceOf(RefusedException.class)
        .hasMessageMatching("http://127.0.0.1:[0-9]+ has refused records with the status 413");
    status = 302;
    assertThatThrownBy(() -> sink.write(records())).isInstanceOf(IOException.class);
    assertThat(received).hasSize(3);
  }

  @Test
  void serverThatIsSilentIsGivenUpInTime() {
    isSilent = true;
    WebhookSink impatient = sink(server.getAddress().getPort(), Duration.ofMillis(200));
    assertThatThrownBy(() -> impatient.write(records())).isInstanceOf(IOException.class);
  }

  @Test
  void serverThatIsGoneIsAFailure() {
    server.stop(0);
    assertThatThrownBy(() -> sink.write(records())).isInstanceOf(IOException.class);
  }

  /**
   * A head says whether records were taken; a body that does not come changes nothing. All at once,
   * since each takes as long as its time-out.
   */
  @Test
  void answerWhoseBodyDoesNotComeHoldsNothingUp() throws Exception {
    ExecutorService writers = Executors.newFixedThreadPool(3);
    try {
      Future<String> taken = writers.submit(() -> outcome(200, "Content-Length: 10"));
      Future<String> chunked = writers.submit(() -> outcome(200, "Transfer-Encoding: chunked"));
      Future<String> failed = writers.submit(() -> outcome(503, "Content-Length: 10"));
      assertThat(taken.get()).isEqualTo("taken");
      assertThat(chunked.get()).isEqualTo("taken");
      assertThat(failed.get()).endsWith("has answered with the status 503");
    } finally {
      writers.shutdownNow();
    }
  }

  private static String outcome(int code, String framing) throws Exception {
    try (ServerSocket half = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
      Thread answers = new Thread(() -> answer(half, code, framing), "half-an-answer");
      answers.setDaemon(true);
      answers.start();
      sink(half.getLocalPort(), Duration.ofSeconds(10)).write(records());
      return "taken";
    } catch (IOException e) {
      return String.valueOf(e.getMessage());
    }
  }

  private static void answer(ServerSocket half, int code, String framing) {
    try (Socket client = half.accept()) {
      client
          .getOutputStream()
          .write(
              ("HTTP/1.1 " + code + " X\r\n" + framing + "\r\n\r\n")
                  .getBytes(StandardCharsets.UTF_8));
      // Until the other side has given up.
      client.getInputStream().transferTo(OutputStream.nullOutputStream());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void valueThatNoFieldCanHaveIsNotTold() {
    URI url = URI.create("http://127.0.0.1:9/intake?key=k");
    WebhookSink wrong =
        new WebhookSink(
            new LogTarget.Webhook(
                url, "PUT", Map.of(), Map.of("Authorization", "VARIABLE"), Duration.ofSeconds(60)),
            Map.of("Authorization", "\ufeffBearer geheim"));
    assertThatThrownBy(() -> wrong.write(records()))
        .isExactlyInstanceOf(IOException.class)
        .hasMessage("a request to http://127.0.0.1:9 can't be made")
        .hasNoCause();
  }
}
