package dev.intermission.gateway.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import dev.intermission.gateway.RunningGateway;
import dev.intermission.gateway.command.GatewayMain;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Admin nodes that are lost, and what may have happened before they were. */
class FailOverTest {

  private static final String AUDIT = "/apiops/projects/MyProject/apiProxies/orders/audit/";

  private final List<String> seen = new CopyOnWriteArrayList<>();
  private final RunningGateway gateway;
  private final HttpServer broken;

  FailOverTest(@TempDir Path folder) throws Exception {
    gateway =
        RunningGateway.start(
            RunningGateway.config(
                folder.resolve("data"),
                RunningGateway.proxy("orders", "/orders", "http://127.0.0.1:1"),
                RunningGateway.proxy("stock", "/stock", "http://127.0.0.1:1")));
    broken = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
  }

  @BeforeEach
  void start() {
    broken.start();
  }

  @AfterEach
  void stop() {
    broken.stop(0);
    gateway.close();
  }

  private Typed type(String urls, String... words) {
    String[] all = Arrays.copyOf(words, words.length + 2);
    all[words.length] = "--url";
    all[words.length + 1] = urls;
    return Typed.with(Map.of("INTERMISSION_TOKEN", RunningGateway.ADMIN_TOKEN), all);
  }

  private String real() {
    return "http://127.0.0.1:" + gateway.adminPort();
  }

  private String brokenNode() {
    return "http://127.0.0.1:" + broken.getAddress().getPort();
  }

  private static String deadNode() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return "http://127.0.0.1:" + socket.getLocalPort();
    }
  }

  /** Lets the broken node pass everything on, and lose the answers to changes. */
  private void passOnAndLoseChanges() {
    broken.createContext(
        "/",
        exchange -> {
          HttpResponse<byte[]> answer = passOn(exchange);
          seen.add(exchange.getRequestMethod());
          if (exchange.getRequestMethod().equals("GET")) {
            answer
                .headers()
                .firstValue("ETag")
                .ifPresent(tag -> exchange.getResponseHeaders().set("ETag", tag));
            exchange.sendResponseHeaders(answer.statusCode(), answer.body().length);
            exchange.getResponseBody().write(answer.body());
          }
          exchange.close();
        });
  }

  private HttpResponse<byte[]> passOn(HttpExchange exchange) throws IOException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(real() + exchange.getRequestURI()))
            .method(
                exchange.getRequestMethod(),
                HttpRequest.BodyPublishers.ofByteArray(exchange.getRequestBody().readAllBytes()));
    for (String name : List.of("Authorization", "Content-Type", "If-Match", "X-Correlation-Id")) {
      String value = exchange.getRequestHeaders().getFirst(name);
      if (value != null) {
        request.header(name, value);
      }
    }
    try {
      return HttpClient.newHttpClient()
          .send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  private int changes(String audit) throws Exception {
    return gateway
            .get(audit, RunningGateway.ADMIN_TOKEN)
            .body()
            .split("SETTINGS_CHANGED", -1)
            .length
        - 1;
  }

  @Test
  void nextNodeIsAskedWhereOneIsDead() throws Exception {
    Typed closed = type(deadNode() + "," + real(), "close", "orders");
    assertThat(closed.code()).as(closed.err()).isZero();
    assertThat(gateway.call("/orders").statusCode()).isEqualTo(503);
    assertThat(closed.out()).contains("Undo: intermission open orders --url");
  }

  @Test
  void withoutANodeNothingIsChangedAndEachIsNamed() throws Exception {
    String one = deadNode();
    String two = deadNode();
    Typed lost = type(one + "," + two, "close", "orders", "--json");
    assertThat(lost.code()).isEqualTo(5);
    assertThat(lost.err())
        .contains("The management API can't be reached.")
        .doesNotContain("nothing was changed")
        .contains(one + ": Connection refused")
        .contains(two + ": Connection refused");
    assertThat(lost.json().path("exitCode").asInt()).isEqualTo(5);
  }

  @Test
  void changeWhoseAnswerIsLostIsSentAgainAndDoneOnce() throws Exception {
    passOnAndLoseChanges();
    Typed closed = type(brokenNode() + "," + real(), "close", "orders");
    assertThat(closed.code()).as(closed.err()).isZero();
    assertThat(closed.err()).contains("asking the audit").contains("took it");
    assertThat(closed.out()).contains("MyProject/orders is closed in production with 503");
    assertThat(changes(AUDIT)).isEqualTo(1);
  }

  @Test
  void operationWhoseAnswerIsLostIsNotSentAgainAndFoundInTheAudit() throws Exception {
    passOnAndLoseChanges();
    Typed closed = type(brokenNode(), "close", "orders", "stock", "--yes");
    assertThat(closed.code()).as(closed.err()).isZero();
    assertThat(seen.stream().filter("POST"::equals)).hasSize(1);
    assertThat(closed.out()).containsPattern("Undo: intermission undo [0-9A-Za-z-]+");
    assertThat(changes(AUDIT)).isEqualTo(1);
  }

  @Test
  void operationThatNeverArrivedIsToldAsNotDone() throws Exception {
    broken.createContext(
        "/",
        exchange -> {
          if (exchange.getRequestMethod().equals("GET")) {
            HttpResponse<byte[]> answer = passOn(exchange);
            exchange.sendResponseHeaders(answer.statusCode(), answer.body().length);
            exchange.getResponseBody().write(answer.body());
          }
          exchange.close();
        });
    Typed lost = type(brokenNode(), "close", "orders", "stock", "--yes");
    assertThat(lost.code()).isEqualTo(1);
    assertThat(lost.err()).contains("Nothing was changed. The answer was lost");
    assertThat(gateway.call("/orders").statusCode()).isEqualTo(502);
  }

  @Test
  void changeWhoseLaterReadsFailIsToldAsSaved() throws Exception {
    broken.createContext(
        "/",
        exchange -> {
          boolean change = !exchange.getRequestMethod().equals("GET");
          if (change || !seen.contains("changed")) {
            HttpResponse<byte[]> answer = passOn(exchange);
            answer
                .headers()
                .firstValue("ETag")
                .ifPresent(tag -> exchange.getResponseHeaders().set("ETag", tag));
            if (change) {
              seen.add("changed");
            }
            exchange.sendResponseHeaders(answer.statusCode(), answer.body().length);
            exchange.getResponseBody().write(answer.body());
          }
          exchange.close();
        });
    Typed closed = type(brokenNode(), "close", "orders", "--json");
    assertThat(closed.code()).as(closed.err()).isZero();
    assertThat(closed.err())
        .contains("The change is saved, but what is in force can't be read.")
        .doesNotContain("nothing was changed");
    assertThat(closed.json().at("/nodes/0/success").asBoolean()).isTrue();
    assertThat(closed.json().path("warnings").toString()).contains("HEALTH_PATHS_CLOSED");
    assertThat(closed.json().at("/undo/0").asText()).startsWith("intermission open orders");

    seen.clear();
    Typed waited = type(brokenNode(), "close", "orders", "--wait-drained", "--json");
    assertThat(waited.code()).as(waited.err()).isEqualTo(3);
    assertThat(waited.err()).contains("It is not known whether MyProject/orders is drained");
    assertThat(waited.json().path("exitCode").asInt()).isEqualTo(3);
  }

  @Test
  void refusalAfterALostAnswerAsksTheAudit() throws Exception {
    broken.createContext(
        "/",
        exchange -> {
          HttpResponse<byte[]> answer = passOn(exchange);
          boolean lost = exchange.getRequestMethod().equals("PATCH") && !seen.contains("lost");
          if (exchange.getRequestMethod().equals("GET")) {
            answer
                .headers()
                .firstValue("ETag")
                .ifPresent(tag -> exchange.getResponseHeaders().set("ETag", tag));
            exchange.sendResponseHeaders(answer.statusCode(), answer.body().length);
            exchange.getResponseBody().write(answer.body());
          } else if (lost) {
            seen.add("lost");
          } else {
            exchange.sendResponseHeaders(401, -1);
          }
          exchange.close();
        });
    Typed closed = type(brokenNode(), "close", "orders");
    assertThat(closed.code()).as(closed.err()).isZero();
    assertThat(closed.err()).contains("asking the audit");
    assertThat(changes(AUDIT)).isEqualTo(1);
  }

  /** Lets the broken node pass everything on but this. */
  private void passOnUnless(Predicate<HttpExchange> own, HttpHandler handler) {
    broken.createContext(
        "/",
        exchange -> {
          if (own.test(exchange)) {
            handler.handle(exchange);
          } else {
            HttpResponse<byte[]> answer = passOn(exchange);
            answer
                .headers()
                .firstValue("ETag")
                .ifPresent(tag -> exchange.getResponseHeaders().set("ETag", tag));
            exchange.sendResponseHeaders(answer.statusCode(), answer.body().length);
            exchange.getResponseBody().write(answer.body());
          }
          exchange.close();
        });
  }

  private static void say(HttpExchange exchange, String json) throws IOException {
    byte[] body = json.getBytes(UTF_8);
    exchange.sendResponseHeaders(200, body.length);
    exchange.getResponseBody().write(body);
  }

  @Test
  @Tag("slow")
  void lostAnswerWithoutAGatewayThatIsKnownIsNotToldAsDone() throws Exception {
    passOnUnless(
        exchange ->
            !exchange.getRequestMethod().equals("GET")
                || exchange.getRequestURI().getPath().endsWith("/route-health/"),
        exchange -> {
          if (exchange.getRequestMethod().equals("GET")) {
            say(exchange, "{\"resultList\":[{\"revision\":9,\"pods\":[]}]}");
          } else {
            passOn(exchange);
          }
        });

    Typed closed = type(brokenNode(), "close", "orders", "--json");

    assertThat(closed.code()).as(closed.err()).isEqualTo(3);
    assertThat(closed.err())
        .contains("It is saved, but the answer was lost, and no gateway was seen that serves it.");
    assertThat(closed.json().path("exitCode").asInt()).isEqualTo(3);
    assertThat(closed.json().path("nodes")).isEmpty();
    assertThat(gateway.call("/orders").statusCode()).isEqualTo(503);
  }

  @Test
  void closureThatIsNotInForceInTheEndHasFailed() throws Exception {
    passOnUnless(
        exchange -> !exchange.getRequestMethod().equals("GET"),
        exchange ->
            say(
                exchange,
                "{\"status\":\"SUCCESS\",\"success\":true,\"deploymentResult\":{\"success\":true,\"detailList\":[]}}"));

    Typed closed = type(brokenNode(), "close", "orders", "--json");

    assertThat(closed.code()).as(closed.err()).isEqualTo(1);
    assertThat(closed.err()).contains("MyProject/orders is NOT closed in production.");
    assertThat(closed.json().path("exitCode").asInt()).isEqualTo(1);
    assertThat(closed.json().at("/apis/0/closed").asBoolean(true)).isFalse();
    Typed announced = type(brokenNode(), "close", "orders", "--at", "2100-07-01 02:00");
    assertThat(announced.code()).as(announced.err()).isZero();
  }

  @Test
  @Tag("slow")
  void operatorWhoEndsTheCommandIsToldThatTheChangeMayBeSaved(@TempDir Path folder)
      throws Exception {
    CountDownLatch sent = new CountDownLatch(1);
    CountDownLatch end = new CountDownLatch(1);
    passOnUnless(
        exchange -> !exchange.getRequestMethod().equals("GET"),
        exchange -> {
          sent.countDown();
          try {
            end.await();
          } catch (InterruptedException e) {
            throw new IOException(e);
          }
        });
    Path err = folder.resolve("err");
    ProcessBuilder builder =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                GatewayMain.class.getName(),
                "close",
                "orders",
                "--url",
                brokenNode())
            .redirectError(err.toFile());
    builder.environment().put("INTERMISSION_TOKEN", RunningGateway.ADMIN_TOKEN);
    Process process = builder.start();
    try {
      assertThat(sent.await(2, TimeUnit.MINUTES)).isTrue();
      // SIGTERM, which ends a JVM as Ctrl-C does.
      process.destroy();
      assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
      assertThat(process.exitValue()).isNotZero();
      assertThat(err).content().contains("The change may be saved, and gateways may take it");
    } finally {
      process.destroyForcibly();
      end.countDown();
    }
  }

  @Test
  void storeThatIsAwayIsAskedAgainAndThenUnreachable() {
    broken.createContext(
        "/",
        exchange -> {
          seen.add(exchange.getRequestMethod());
          byte[] body = "{\"error_description\":\"The store can't be reached\"}".getBytes(UTF_8);
          exchange.getResponseHeaders().set("Retry-After", "1");
          exchange.sendResponseHeaders(503, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    Typed away = type(brokenNode(), "status");
    assertThat(away.code()).isEqualTo(5);
    assertThat(away.err()).contains("The store can't be reached");
    assertThat(seen).hasSizeGreaterThan(1);
  }
}
