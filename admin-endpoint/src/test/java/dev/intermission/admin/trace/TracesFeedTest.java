package dev.intermission.admin.trace;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.intermission.admin.access.AccessTokens;
import dev.intermission.admin.access.NodeTokens;
import dev.intermission.api.ProxyId;
import dev.intermission.api.store.StoreUnavailableException;
import dev.intermission.api.store.TraceStore.Filter;
import dev.intermission.api.trace.TraceLine;
import dev.intermission.api.trace.TraceReceiver;
import dev.intermission.api.trace.TraceRecord;
import dev.intermission.api.trace.TraceReport;
import dev.intermission.feed.FeedProtocol;
import dev.intermission.feed.TraceReportJson;
import dev.intermission.feed.node.RemoteFeed;
import dev.intermission.feed.node.RemoteFeedOptions;
import dev.intermission.feed.server.AdminFeed;
import dev.intermission.feed.server.FeedServlet;
import dev.intermission.feed.server.OneProxy;
import dev.intermission.feed.server.TracesServlet;
import dev.intermission.store.JdbcStore;
import dev.intermission.store.StoreConfig;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What gateways traced, on its way over real connections into a real store. */
class TracesFeedTest {

  private static final int PLACES = 8;

  private final Path folder;
  private final Path database;
  private final JdbcStore store;
  private final AdminFeed feed;
  private final AccessTokens tokens;
  private final List<Server> servers = new ArrayList<>();
  private final HttpClient client = HttpClient.newHttpClient();
  private String token = "";

  TracesFeedTest(@TempDir Path folder) throws IOException {
    this.folder = folder;
    Path data = Files.createDirectory(folder.resolve("data"));
    database = StoreConfig.fileIn(data);
    store = JdbcStore.open(StoreConfig.inFolder(data), Clock.systemUTC());
    feed = new AdminFeed(store.settings(), "here");
    tokens = new AccessTokens(store.tokens(), Clock.systemUTC());
  }

  @BeforeEach
  void applyCatalog() {
    store.settings().apply(new OneProxy(), OneProxy.AUTHOR);
    token = tokens.create("node", null).secret();
  }

  @AfterEach
  void stop() throws Exception {
    for (Server server : servers) {
      server.stop();
    }
    feed.close();
    store.close();
  }

  /** Starts an admin node; one of an older version takes nothing that was traced. */
  private URI start(TraceReceiver receiver, boolean isOlder) throws Exception {
    Server server = new Server();
    ServerConnector connector = new ServerConnector(server);
    connector.setHost("127.0.0.1");
    server.addConnector(connector);
    ServletContextHandler context = new ServletContextHandler("/");
    NodeTokens nodes = new NodeTokens(tokens);
    ServletHolder changes = new ServletHolder(new FeedServlet(feed, nodes));
    changes.setAsyncSupported(true);
    context.addServlet(changes, FeedProtocol.PATH);
    if (!isOlder) {
      context.addServlet(
          new ServletHolder(new TracesServlet(feed, nodes, receiver)), FeedProtocol.TRACES_PATH);
    }
    server.setHandler(context);
    server.start();
    servers.add(server);
    return URI.create("http://127.0.0.1:" + connector.getLocalPort());
  }

  private URI start() throws Exception {
    return start(store.traces(), false);
  }

  private RemoteFeed node(URI... admins) {
    return new RemoteFeed(RemoteFeedOptions.of(List.of(admins), "node-1", token), folder);
  }

  private static TraceReport report(String... ids) {
    return new TraceReport(
        List.of(ids).stream().map(TracesFeedTest::record).toList(), Map.of(OneProxy.MY_API, 2L));
  }

  private static TraceRecord record(String id) {
    return new TraceRecord(
        new TraceLine(
            id,
            OneProxy.MY_API,
            Instant.parse("2026-07-01T10:00:00.123Z"),
            "GET",
            "/ü",
            200,
            "SUCCESS",
            null,
            1),
        "{\"a\":\"" + id + " ü\"}");
  }

  private void tell(RemoteFeed node, TraceReport report) {
    node.traces().receive("production", "node-1", "run1", report);
  }

  private long kept() {
    return store.traces().list(OneProxy.MY_API, Filter.ALL, 1, 1).total();
  }

  private HttpRequest.Builder request(URI admin, String environment) {
    return HttpRequest.newBuilder(admin.resolve("/feed/v1/traces?environment=" + environment))
        .header("Authorization", "Bearer " + token)
        .header("X-Intermission-Node", "node-1")
        .header("X-Intermission-Run", "run1");
  }

  private HttpResponse<String> send(HttpRequest request) throws Exception {
    return client.send(request, HttpResponse.BodyHandlers.ofString());
  }

  private int post(URI admin, byte[] body) throws Exception {
    return send(request(admin, "production")
            .POST(HttpRequest.BodyPublishers.ofByteArray(body))
            .build())
        .statusCode();
  }

  @Test
  void whatANodeTellsIsKept() throws Exception {
    RemoteFeed node = node(start());
    tell(node, report("a-1", "a-2"));
    assertThat(store.traces().record(OneProxy.MY_API, "a-2"))
        .get()
        .satisfies(
            kept -> {
              assertThat(kept.environment()).isEqualTo("production");
              assertThat(kept.node()).isEqualTo("node-1");
              assertThat(kept.record()).isEqualTo(record("a-2"));
            });
    assertThat(store.traces().list(OneProxy.MY_API, Filter.ALL, 1, 1).dropped()).isEqualTo(2);
    tell(node, report("a-2", "a-3"));
    assertThat(kept()).isEqualTo(3);
    assertThat(store.traces().list(OneProxy.MY_API, Filter.ALL, 1, 1).dropped()).isEqualTo(2);
  }

  @Test
  void whatIsOfProxiesThatDoNotExistIsLeftOut() throws Exception {
    TraceLine line = record("a").line();
    ProxyId gone = new ProxyId("MyProject", "gone");
    TraceLine other = new TraceLine("b", gone, line.time(), "GET", "/", 200, "SUCCESS", null, 1);
    tell(
        node(start()),
        new TraceReport(List.of(new TraceRecord(other, "{}"), record("a")), Map.of(gone, 1L)));
    assertThat(kept()).isEqualTo(1);
  }

  @Test
  void onlyWhoMayFollowTheEnvironmentMayTell() throws Exception {
    URI admin = start();
    byte[] json = TraceReportJson.write(report("a"));
    assertThat(post(admin, json)).isEqualTo(204);
    assertThat(
            send(request(admin, "staging")
                    .POST(HttpRequest.BodyPublishers.ofByteArray(json))
                    .build())
                .statusCode())
        .isEqualTo(403);
    String right = token;
    token = "imt_wrong";
    assertThat(post(admin, TraceReportJson.write(report("b")))).isEqualTo(401);
    assertThatThrownBy(() -> tell(node(admin), report("b"))).hasMessageContaining("status 401");
    token = right;
    tokens.revoke(tokens.list().get(0).id());
    assertThat(post(admin, TraceReportJson.write(report("b")))).isEqualTo(401);
    assertThat(kept()).isEqualTo(1);
  }

  @Test
  void anEnvironmentThatDoesNotExistIsA404() throws Exception {
    store.settings().apply(new OneProxy(Set.of("production", "gone")), OneProxy.AUTHOR);
    HttpRequest request =
        request(start(), "gone")
            .POST(HttpRequest.BodyPublishers.ofByteArray(TraceReportJson.write(report("a"))))
            .build();
    assertThat(send(request).statusCode()).isEqualTo(404);
  }

  @Test
  void aRequestThatDoesNotSayWhoTellsIsRefused() throws Exception {
    URI admin = start();
    for (String missing :
        List.of("X-Intermission-Node", "X-Intermission-Run", "?environment=production")) {
      HttpRequest.Builder request =
          HttpRequest.newBuilder(
                  admin.resolve(
                      "/feed/v1/traces"
                          + (missing.startsWith("?") ? "" : "?environment=production")))
              .header("Authorization", "Bearer " + token);
      for (String field : List.of("X-Intermission-Node", "X-Intermission-Run")) {
        if (!field.equals(missing)) {
          request.header(field, "a1");
        }
      }
      HttpRequest.BodyPublisher body = HttpRequest.BodyPublishers.ofString("{}");
      assertThat(send(request.POST(body).build()).statusCode()).as(missing).isEqualTo(400);
    }
    HttpResponse<String> get = send(request(admin, "production").GET().build());
    assertThat(get.statusCode()).isEqualTo(405);
    assertThat(get.headers().firstValue("Allow")).contains("POST");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "{", "[]", "{\"records\":[{}]}", "{\"records\":[{\"id\":\"<script>\"}]}"})
  void whatIsNoReportIsA400AndNothingOfItIsKept(String body) throws Exception {
    assertThat(post(start(), body.getBytes(UTF_8))).isEqualTo(400);
    assertThat(kept()).isZero();
  }

  @Test
  void aReportWithOneBadRecordIsRefusedWhole() throws Exception {
    String json = new String(TraceReportJson.write(report("a-1", "a-2")), UTF_8);
    URI admin = start();
    assertThat(
            post(admin, json.replace("\"a-2\",\"project\"", "\"a_2\",\"project\"").getBytes(UTF_8)))
        .isEqualTo(400);
    assertThat(kept()).isZero();
  }

  @Test
  void whatIsTooLargeIsA413WhetherItTellsItsLengthOrNot() throws Exception {
    URI admin = start();
    byte[] large = new byte[TraceReportJson.MOST_BYTES + 1];
    assertThat(post(admin, large)).isEqualTo(413);
    HttpRequest chunked =
        request(admin, "production")
            .POST(
                HttpRequest.BodyPublishers.fromPublisher(
                    HttpRequest.BodyPublishers.ofByteArray(large)))
            .build();
    assertThat(send(chunked).statusCode()).isEqualTo(413);
    assertThat(post(admin, TraceReportJson.write(report("a")))).isEqualTo(204);
  }

  private byte[] headOf(byte[] json) {
    String head =
        "POST /feed/v1/traces?environment=production HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer "
            + token
            + "\r\nX-Intermission-Node: node-1\r\nX-Intermission-Run: run1\r\nContent-Length: "
            + json.length
            + "\r\n\r\n";
    return head.getBytes(UTF_8);
  }

  /** The connection is cut before the answer can be read, and the node tells it again. */
  @Test
  void whatIsToldAgainAfterALostAnswerIsKeptOnce() throws Exception {
    URI admin = start();
    byte[] json = TraceReportJson.write(report("a-1", "a-2"));
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), admin.getPort())) {
      socket.getOutputStream().write(headOf(json));
      socket.getOutputStream().write(json);
      socket.getOutputStream().flush();
      socket.setSoLinger(true, 0);
      await().until(() -> kept() == 2);
    }
    tell(node(admin), report("a-1", "a-2"));
    assertThat(kept()).isEqualTo(2);
    assertThat(store.traces().list(OneProxy.MY_API, Filter.ALL, 1, 1).dropped()).isEqualTo(2);
  }

  /** A request that breaks off in the middle of its body. */
  @Test
  void halfOfAReportIsNotKept() throws Exception {
    URI admin = start();
    byte[] json = TraceReportJson.write(report("a-1", "a-2"));
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), admin.getPort())) {
      socket.getOutputStream().write(headOf(json));
      socket.getOutputStream().write(json, 0, json.length - 1);
      socket.getOutputStream().flush();
      socket.shutdownOutput();
      // Ends when the server has given up.
      assertThat(new String(socket.getInputStream().readAllBytes(), UTF_8))
          .doesNotStartWith("HTTP/1.1 204");
    }
    assertThat(kept()).isZero();
  }

  @Test
  void whileTheStoreIsGoneTheNodeKeepsItsRecordsAndTellsThemLater() throws Exception {
    URI admin = start();
    RemoteFeed node = node(admin);
    tell(node, report("a-1"));
    Path aside = database.resolveSibling("aside");
    Files.move(database, aside);
    byte[] json = TraceReportJson.write(report("a-2"));
    HttpResponse<String> answer =
        send(
            request(admin, "production")
                .POST(HttpRequest.BodyPublishers.ofByteArray(json))
                .build());
    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(answer.headers().firstValue("Retry-After")).contains("1");
    assertThatThrownBy(() -> tell(node, report("a-2"))).hasMessageContaining("status 503");
    Files.move(aside, database);
    tell(node, report("a-2"));
    assertThat(kept()).isEqualTo(2);
  }

  @Test
  void aStoreThatCanNotWriteIsA503() throws Exception {
    URI admin =
        start(
            (environment, node, run, report) -> {
              throw new StoreUnavailableException("the disk is full", new IOException());
            },
            false);
    assertThat(post(admin, TraceReportJson.write(report("a")))).isEqualTo(503);
  }

  @Test
  void whenAnAdminNodeIsKilledAnotherOneTakesOver() throws Exception {
    URI one = start();
    URI other = start();
    try (RemoteFeed node = node(one, other)) {
      node.follow("production", snapshot -> {});
      await().until(() -> node.status().problem() == null);
      tell(node, report("a-1"));
      servers.get(0).stop();
      tell(node, report("a-1", "a-2"));
      assertThat(kept()).isEqualTo(2);
    }
  }

  @Test
  void anAdminNodeOfAnOlderVersionLeavesTheRecordsToTheNewOne() throws Exception {
    URI older = start(store.traces(), true);
    RemoteFeed node = node(older);
    assertThatThrownBy(() -> tell(node, report("a-1"))).hasMessageContaining("status 405");
    tell(node(older, start()), report("a-1"));
    assertThat(kept()).isEqualTo(1);
  }

  @Test
  void whereTooManyTellAtOnceTheOthersComeLater() throws Exception {
    CountDownLatch go = new CountDownLatch(1);
    AtomicInteger inside = new AtomicInteger();
    URI admin =
        start(
            (environment, node, run, report) -> {
              inside.incrementAndGet();
              try {
                go.await();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            },
            false);
    HttpRequest request =
        request(admin, "production")
            .POST(HttpRequest.BodyPublishers.ofByteArray(TraceReportJson.write(report("a"))))
            .build();
    List<CompletableFuture<Integer>> answers = new ArrayList<>();
    for (int i = 0; i < PLACES; i++) {
      answers.add(
          client
              .sendAsync(request, HttpResponse.BodyHandlers.discarding())
              .thenApply(HttpResponse::statusCode));
    }
    await().until(() -> inside.get() == PLACES);
    assertThat(send(request).statusCode()).isEqualTo(503);
    go.countDown();
    for (CompletableFuture<Integer> answer : answers) {
      assertThat(answer.get()).isEqualTo(204);
    }
    assertThat(send(request).statusCode()).isEqualTo(204);
  }
}
