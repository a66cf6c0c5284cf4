package dev.intermission.admin.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.intermission.api.Snapshot;
import dev.intermission.api.SnapshotFeed;
import dev.intermission.feed.DeltaJson;
import dev.intermission.feed.node.RemoteFeed;
import dev.intermission.feed.node.RemoteFeedOptions;
import dev.intermission.feed.server.AdminFeed;
import dev.intermission.feed.server.FeedServlet;
import dev.intermission.feed.server.NodeView;
import dev.intermission.feed.server.OneProxy;
import dev.intermission.feed.server.Propagation;
import dev.intermission.store.JdbcStore;
import dev.intermission.store.StoreConfig;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
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

class NodeTokensTest {

  private static final Duration LONG = Duration.ofSeconds(30);

  private final Path folder;
  private final JdbcStore store;
  private final AdminFeed feed;
  private final AccessTokens tokens;
  private volatile Clock clock = Clock.systemUTC();
  private final Server server = new Server();
  private final ServerConnector connector = new ServerConnector(server);
  private final HttpClient client = HttpClient.newHttpClient();
  private String token = "";

  NodeTokensTest(@TempDir Path folder) {
    this.folder = folder;
    store = JdbcStore.open(StoreConfig.inFolder(folder), Clock.systemUTC());
    feed = new AdminFeed(store.settings(), "here");
    tokens = new AccessTokens(store.tokens(), new TurnableClock());
  }

  @BeforeEach
  void start() throws Exception {
    store.settings().apply(new OneProxy(), OneProxy.AUTHOR);
    token = tokens.create("node", null).secret();
    connector.setHost("127.0.0.1");
    server.addConnector(connector);
    ServletContextHandler context = new ServletContextHandler("/");
    ServletHolder holder = new ServletHolder(new FeedServlet(feed, new NodeTokens(tokens)));
    holder.setAsyncSupported(true);
    context.addServlet(holder, "/feed/v1/changes");
    server.setHandler(context);
    server.start();
  }

  @AfterEach
  void stop() throws Exception {
    feed.close();
    server.stop();
    store.close();
  }

  /** The clock of now in {@link #clock}. */
  private final class TurnableClock extends Clock {

    @Override
    public ZoneId getZone() {
      return clock.getZone();
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return clock.withZone(zone);
    }

    @Override
    public Instant instant() {
      return clock.instant();
    }
  }

  private HttpResponse<byte[]> get(String query, String... fields) throws Exception {
    return client.send(request(query, fields), HttpResponse.BodyHandlers.ofByteArray());
  }

  private HttpRequest request(String query, String... fields) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(
            URI.create(
                "http://127.0.0.1:" + connector.getLocalPort() + "/feed/v1/changes?" + query));
    return (fields.length == 0 ? request : request.headers(fields)).build();
  }

  private String[] asNode() {
    return new String[] {"Authorization", "Bearer " + token, "X-Intermission-Node", "node-1"};
  }

  @Test
  void changesComeWithTheirVersionAndNothingIsA204() throws Exception {
    HttpResponse<byte[]> all = get("environment=production&after=0&wait=0", asNode());
    assertThat(all.statusCode()).isEqualTo(200);
    assertThat(all.headers().firstValue("ETag")).contains("\"1\"");
    assertThat(DeltaJson.read(all.body()))
        .isEqualTo(store.settings().changesSince("production", 0));
    HttpResponse<byte[]> none = get("environment=production&after=1&wait=0", asNode());
    assertThat(none.statusCode()).isEqualTo(204);
    assertThat(none.body()).isEmpty();
  }

  @Test
  void aNodeReadsTheFirstFormatUnlessItTellsAnother() throws Exception {
    get("environment=production&after=0&wait=0", asNode());
    assertThat(feed.nodes("production")).extracting(NodeView::format).containsExactly(1);

    String[] fields = Arrays.copyOf(asNode(), 6);
    fields[4] = "X-Intermission-Format";
    fields[5] = "7";
    get("environment=production&after=0&wait=0", fields);
    assertThat(feed.nodes("production")).extracting(NodeView::format).containsExactly(7);

    for (String wrong : List.of("0", "-1", "x", "99999999999")) {
      fields[5] = wrong;
      assertThat(get("environment=production&after=0&wait=0", fields).statusCode())
          .as(wrong)
          .isEqualTo(400);
    }
  }

  @Test
  void waitingRequestIsAnsweredWhenSomethingIsDeployed() throws Exception {
    CompletableFuture<HttpResponse<byte[]>> waiting =
        client.sendAsync(
            request("environment=production&after=1&wait=10000", asNode()),
            HttpResponse.BodyHandlers.ofByteArray());
    await().until(() -> !feed.nodes("production").isEmpty());
    assertThat(waiting).isNotDone();
    long version = OneProxy.deploy(store.settings(), 503);
    feed.changed("production");
    HttpResponse<byte[]> answer = waiting.get();
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(DeltaJson.read(answer.body()))
        .isEqualTo(store.settings().changesSince("production", 1));
    assertThat(DeltaJson.read(answer.body()).version()).isEqualTo(version);
  }

  @Test
  void askingAcknowledges() throws Exception {
    get("environment=production&after=1&wait=0", asNode());
    assertThat(feed.awaitServed("production", 1, LONG)).isEqualTo(new Propagation(1, List.of()));
    assertThat(feed.awaitServed("production", 2, Duration.ZERO))
        .isEqualTo(new Propagation(1, List.of("node-1")));
    assertThat(feed.awaitServed("staging", 2, LONG)).isEqualTo(new Propagation(0, List.of()));
    NodeView node = feed.nodes("production").get(0);
    assertThat(node.name()).isEqualTo("node-1");
    assertThat(node.live()).isTrue();
    assertThat(node.servedVersion()).isEqualTo(1);
    assertThat(node.address()).isEqualTo("127.0.0.1");
  }

  private int delete(String query, String... fields) throws Exception {
    return client
        .send(
            HttpRequest.newBuilder(request(query).uri()).headers(fields).DELETE().build(),
            HttpResponse.BodyHandlers.discarding())
        .statusCode();
  }

  @Test
  void nodeThatLeavesIsNotWaitedFor() throws Exception {
    get("environment=production&after=1&wait=0", asNode());
    assertThat(delete("environment=production", "X-Intermission-Node", "node-1")).isEqualTo(401);
    assertThat(delete("environment=staging", asNode())).isEqualTo(403);
    assertThat(delete("", asNode())).isEqualTo(400);
    assertThat(feed.nodes("production")).hasSize(1);
    assertThat(delete("environment=production", asNode())).isEqualTo(204);
    assertThat(feed.nodes("production")).isEmpty();
    assertThat(feed.awaitServed("production", 2, LONG)).isEqualTo(new Propagation(0, List.of()));
  }

  private CompletableFuture<HttpResponse<byte[]>> waiting(int millis) {
    CompletableFuture<HttpResponse<byte[]>> waiting =
        client.sendAsync(
            request("environment=production&after=1&wait=" + millis, asNode()),
            HttpResponse.BodyHandlers.ofByteArray());
    await().until(() -> !feed.nodes("production").isEmpty());
    return waiting;
  }

  @Test
  void waitingRequestOfATokenThatIsRevokedMeanwhileGetsNothing() throws Exception {
    CompletableFuture<HttpResponse<byte[]>> waiting = waiting(10_000);
    tokens.revoke(tokens.list().get(0).id());
    OneProxy.deploy(store.settings(), 503);
    feed.changed("production");
    HttpResponse<byte[]> answer = waiting.get();
    assertThat(answer.statusCode()).isEqualTo(401);
    assertThat(answer.headers().firstValue("WWW-Authenticate")).contains("Bearer");
    assertThat(new String(answer.body(), StandardCharsets.UTF_8))
        .isEqualTo("A node needs a token that is in force\n");
  }

  @Test
  void waitingRequestOfATokenThatExpiresMeanwhileGetsNothing() throws Exception {
    token = tokens.create("node", Duration.ofHours(1)).secret();
    CompletableFuture<HttpResponse<byte[]>> waiting = waiting(10_000);
    clock = Clock.offset(Clock.systemUTC(), Duration.ofHours(2));
    OneProxy.deploy(store.settings(), 503);
    feed.changed("production");
    assertThat(waiting.get().statusCode()).isEqualTo(401);
  }

  @Test
  void waitingRequestOfAUserWhoMayNoLongerFollowGetsNothing() throws Exception {
    CompletableFuture<HttpResponse<byte[]>> waiting = waiting(10_000);
    store.settings().apply(new OneProxy(Set.of("staging")), OneProxy.AUTHOR);
    OneProxy.deploy(store.settings(), 503);
    feed.changed("production");
    assertThat(waiting.get().statusCode()).isEqualTo(403);
  }

  @Test
  void waitingRequestOfARevokedTokenIsRefusedAlsoWhenNothingIsNew() throws Exception {
    CompletableFuture<HttpResponse<byte[]>> waiting = waiting(500);
    tokens.revoke(tokens.list().get(0).id());
    assertThat(waiting.get().statusCode()).isEqualTo(401);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "environment=production",
        "environment=production&after=1",
        "environment=production&after=x&wait=0",
        "environment=production&after=-1&wait=0",
        "environment=production&after=1&wait=-1",
        "after=1&wait=0"
      })
  void incompleteQuestionIsRefused(String query) throws Exception {
    assertThat(get(query, asNode()).statusCode()).isEqualTo(400);
    assertThat(feed.nodes("production")).isEmpty();
  }

  @Test
  void nodeWithoutAName() throws Exception {
    String query = "environment=production&after=1&wait=0";
    assertThat(get(query, "Authorization", "Bearer " + token).statusCode()).isEqualTo(400);
    assertThat(
            get(query, "Authorization", "Bearer " + token, "X-Intermission-Node", "a b")
                .statusCode())
        .isEqualTo(400);
  }

  @Test
  void onlyATokenInForceOfAUserWhoMayFollowGetsIn() throws Exception {
    String query = "environment=production&after=1&wait=0";
    HttpResponse<byte[]> none = get(query, "X-Intermission-Node", "node-1");
    assertThat(none.statusCode()).isEqualTo(401);
    assertThat(none.headers().firstValue("WWW-Authenticate")).contains("Bearer");
    String[] wrong = {"Authorization", "Bearer nonsense", "X-Intermission-Node", "node-1"};
    assertThat(get(query, wrong).statusCode()).isEqualTo(401);
    String staging = "environment=staging&after=0&wait=0";
    assertThat(get(staging, asNode()).statusCode()).isEqualTo(403);
    assertThat(feed.nodes("production")).isEmpty();
    assertThat(feed.nodes("staging")).isEmpty();
    assertThat(get(query, asNode()).statusCode()).isEqualTo(204);
    tokens.revoke(tokens.list().get(0).id());
    assertThat(get(query, asNode()).statusCode()).isEqualTo(401);
  }

  @Test
  void manyRemoteNodesTakeEveryDeployment() throws Exception {
    List<Snapshot> served = new CopyOnWriteArrayList<>();
    List<SnapshotFeed.Subscription> nodes =
        IntStream.range(0, 20)
            .mapToObj(
                number -> {
                  Path own = folder.resolve("node-" + number);
                  own.toFile().mkdir();
                  return new RemoteFeed(
                          RemoteFeedOptions.of(
                              List.of(URI.create("http://127.0.0.1:" + connector.getLocalPort())),
                              "node-" + number,
                              token),
                          own)
                      .follow("production", served::add);
                })
            .toList();
    await().until(() -> feed.nodes("production").size() == 20);
    for (int status = 500; status < 530; status++) {
      long version = OneProxy.deploy(store.settings(), status);
      feed.changed("production");
      assertThat(feed.awaitServed("production", version, LONG))
          .isEqualTo(new Propagation(20, List.of()));
      assertThat(served.get(served.size() - 1).proxies().values())
          .extracting(proxy -> proxy.settings().httpStatusCode())
          .containsExactly(status);
    }
    nodes.forEach(SnapshotFeed.Subscription::close);
  }
}
