package dev.intermission.gateway.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * An admin node that passes everything on to another one, can refuse some of it or keep it waiting,
 * can freeze, and can die.
 */
final class PassingNode implements AutoCloseable {

  /** What a refusal says. */
  static final String REFUSAL = "It is refused here";

  private final String real;
  private final HttpServer server;
  private final HttpClient client = HttpClient.newHttpClient();
  private final CountDownLatch thawed = new CountDownLatch(1);
  private volatile Predicate<String> refused = request -> false;
  private volatile Predicate<String> slow = request -> false;
  private volatile boolean frozen;
  private volatile boolean hanging;

  PassingNode(String real) throws IOException {
    this.real = real;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::handle);
    server.start();
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** Refuses from now on what this is true of: the method, the path, and the body. */
  void refuse(Predicate<String> which) {
    refused = which;
  }

  /** Keeps from now on waiting for twelve seconds what this is true of. */
  void keepWaiting(Predicate<String> which) {
    slow = which;
  }

  /** Accepts connections from now on, and answers nothing. */
  void freeze() {
    frozen = true;
  }

  /** Tells whether it has got a request since it is frozen. */
  boolean isHanging() {
    return hanging;
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      if (frozen) {
        hanging = true;
        thawed.await();
      }
      byte[] body = exchange.getRequestBody().readAllBytes();
      String request =
          exchange.getRequestMethod()
              + " "
              + exchange.getRequestURI()
              + " "
              + new String(body, UTF_8);
      if (slow.test(request)) {
        thawed.await(12, TimeUnit.SECONDS);
      }
      if (refused.test(request)) {
        send(exchange, 400, ("{\"error_description\":\"" + REFUSAL + "\"}").getBytes(UTF_8));
        return;
      }
      HttpResponse<byte[]> answer = passOn(exchange, body);
      for (String name : List.of("ETag", "Date")) {
        answer
            .headers()
            .firstValue(name)
            .ifPresent(value -> exchange.getResponseHeaders().set(name, value));
      }
      send(exchange, answer.statusCode(), answer.body());
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  private static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
  }

  private HttpResponse<byte[]> passOn(HttpExchange exchange, byte[] body) throws IOException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(real + exchange.getRequestURI()))
            .method(
                exchange.getRequestMethod(),
                body.length == 0
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofByteArray(body));
    for (String name : List.of("Authorization", "Content-Type", "If-Match", "X-Correlation-Id")) {
      String value = exchange.getRequestHeaders().getFirst(name);
      if (value != null) {
        request.header(name, value);
      }
    }
    try {
      return client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  /** Dies. */
  @Override
  public void close() {
    thawed.countDown();
    server.stop(0);
  }
}
