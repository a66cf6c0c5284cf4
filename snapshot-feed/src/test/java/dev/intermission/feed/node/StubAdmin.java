package dev.intermission.feed.node;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.intermission.api.SnapshotDelta;
import dev.intermission.api.trace.TraceReport;
import dev.intermission.feed.DeltaJson;
import dev.intermission.feed.TraceReportJson;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** An admin node that answers what a test tells it to, good or bad. */
final class StubAdmin implements AutoCloseable {

  /** Answers one request. */
  @FunctionalInterface
  interface Reply {
    void to(HttpExchange exchange, long after) throws IOException, InterruptedException;
  }

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private final List<String> left = new CopyOnWriteArrayList<>();
  private final List<String> traced = new CopyOnWriteArrayList<>();
  private volatile boolean refusesLeaving;
  private volatile int tracesStatus = 204;
  private volatile Reply reply = StubAdmin::nothingNew;

  StubAdmin() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  private void handle(HttpExchange exchange) throws IOException {
    String query = exchange.getRequestURI().getQuery();
    if (exchange.getRequestMethod().equals("DELETE")) {
      left.add(query + " " + exchange.getRequestHeaders().getFirst("X-Intermission-Node"));
      exchange.sendResponseHeaders(refusesLeaving ? 503 : 204, -1);
      exchange.close();
      return;
    }
    if (exchange.getRequestMethod().equals("POST")) {
      takeTraces(exchange);
      return;
    }
    requests.add(
        "%s %s %s %s"
            .formatted(
                exchange.getRequestURI().getRawPath(),
                query.replaceAll("&wait=.*", ""),
                exchange.getRequestHeaders().getFirst("X-Intermission-Node"),
                exchange.getRequestHeaders().getFirst("Authorization")));
    try (exchange) {
      reply.to(exchange, Long.parseLong(query.replaceAll(".*after=(\\d+).*", "$1")));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void takeTraces(HttpExchange exchange) throws IOException {
    TraceReport report = TraceReportJson.read(exchange.getRequestBody().readAllBytes());
    traced.add(
        "%s %s %s %s %s"
            .formatted(
                exchange.getRequestURI(),
                exchange.getRequestHeaders().getFirst("X-Intermission-Node"),
                exchange.getRequestHeaders().getFirst("X-Intermission-Run"),
                exchange.getRequestHeaders().getFirst("Authorization"),
                report));
    exchange.sendResponseHeaders(tracesStatus, -1);
    exchange.close();
  }

  /** Answers what nodes have traced with this status. */
  void answerTraces(int status) {
    tracesStatus = status;
  }

  /** Returns who told what was traced, and how. */
  List<String> traced() {
    return traced;
  }

  /** Answers like an admin node whose environment holds this and nothing else. */
  void serve(SnapshotDelta everything) {
    reply =
        (exchange, after) -> {
          if (after == everything.version()) {
            nothingNew(exchange, after);
          } else {
            send(exchange, 200, DeltaJson.write(everything));
          }
        };
  }

  void reply(Reply with) {
    reply = with;
  }

  static void nothingNew(HttpExchange exchange, long after)
      throws IOException, InterruptedException {
    Thread.sleep(exchange.getRequestURI().getQuery().endsWith("wait=0") ? 0 : 200);
    exchange.sendResponseHeaders(204, -1);
  }

  static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
  }

  /** Answers nodes that leave that it can't take it. */
  void refuseToHearThatNodesLeave() {
    refusesLeaving = true;
  }

  /** Returns who left, and what. */
  List<String> left() {
    return left;
  }

  URI address() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  List<String> requests() {
    return requests;
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
