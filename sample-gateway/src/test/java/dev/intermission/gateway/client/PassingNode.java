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
import java.util.function.Predicate;

/** An admin node that passes everything on to another one, can refuse some of it, and can die. */
final class PassingNode implements AutoCloseable {

  /** What a refusal says. */
  static final String REFUSAL = "It is refused here";

  private final String real;
  private final HttpServer server;
  private final HttpClient client = HttpClient.newHttpClient();
  private volatile Predicate<String> refused = request -> false;

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

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] body = exchange.getRequestBody().readAllBytes();
      if (refused.test(
          exchange.getRequestMethod()
              + " "
              + exchange.getRequestURI()
              + " "
              + new String(body, UTF_8))) {
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
    server.stop(0);
  }
}
