package dev.intermission.admin.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.intermission.admin.AdminTest;
import dev.intermission.admin.TestClock;
import dev.intermission.admin.access.NodeTokens;
import dev.intermission.api.SnapshotFeed;
import dev.intermission.feed.FeedProtocol;
import dev.intermission.feed.node.RemoteFeed;
import dev.intermission.feed.node.RemoteFeedOptions;
import dev.intermission.feed.server.AdminFeed;
import dev.intermission.feed.server.FeedServlet;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/**
 * How far a gateway's clock is off, as one admin node hears it over the feed and another one tells
 * it. The clocks stand still, so no time on the way is in it.
 */
class ClockOffsetTest extends AdminTest {

  private static final Duration LONG = Duration.ofMinutes(1);

  private final TestClock nodesClock = new TestClock();
  private final Server jetty = new Server();
  private final ServerConnector connector = new ServerConnector(jetty);
  private final ListAppender<ILoggingEvent> log = new ListAppender<>();
  private final Logger logger = (Logger) LoggerFactory.getLogger(FeedServlet.class);
  private Path folder = Path.of("");
  private AdminFeed otherAdmin;
  private SnapshotFeed.Subscription node = () -> {};

  @Override
  @BeforeEach
  public void start(@TempDir Path folder) throws Exception {
    super.start(folder);
    this.folder = Files.createDirectory(folder.resolve("node"));
    otherAdmin =
        new AdminFeed(
            server.store.settings(), "other", server.store.nodes(), server.store.changes());
    ServletHolder holder =
        new ServletHolder(new FeedServlet(otherAdmin, new NodeTokens(server.tokens), server.clock));
    holder.setAsyncSupported(true);
    ServletContextHandler context = new ServletContextHandler("/");
    context.addServlet(holder, FeedProtocol.PATH);
    connector.setHost("127.0.0.1");
    jetty.addConnector(connector);
    jetty.setHandler(context);
    jetty.start();
    log.start();
    logger.addAppender(log);
  }

  @Override
  @AfterEach
  public void stop() throws Exception {
    node.close();
    otherAdmin.close();
    jetty.stop();
    logger.detachAppender(log);
    super.stop();
  }

  private void startNode() {
    Duration soon = Duration.ofMillis(20);
    RemoteFeed feed =
        new RemoteFeed(
            new RemoteFeedOptions(
                List.of(URI.create("http://127.0.0.1:" + connector.getLocalPort())),
                "node-1",
                server.token("admin"),
                Duration.ofMillis(200),
                soon,
                soon,
                null),
            folder,
            nodesClock);
    node = feed.follow("production", snapshot -> {});
  }

  private JsonNode health() throws IOException {
    return new ObjectMapper()
        .readTree(get(PRODUCTION + "route-health/").body())
        .path("resultList")
        .path(0);
  }

  private void awaitOffset(long millis) {
    await()
        .atMost(LONG)
        .untilAsserted(
            () -> {
              JsonNode pod = health().path("pods").path(0);
              assertThat(pod.path("name").asText()).isEqualTo("node-1");
              assertThat(pod.path("clockOffsetMillis").asLong(-1)).isEqualTo(millis);
            });
  }

  private List<String> warnings() {
    return List.copyOf(log.list).stream()
        .filter(line -> line.getLevel() == Level.WARN)
        .map(ILoggingEvent::getFormattedMessage)
        .toList();
  }

  @Test
  void clockThatIsASecondOffIsTold() throws Exception {
    nodesClock.advance(Duration.ofSeconds(1));
    startNode();

    awaitOffset(1000);
    assertThat(health().has("warnings")).isFalse();
    assertThat(warnings()).isEmpty();
  }

  @Test
  void clockThatIsMoreThanASecondOffIsWarnedOfInTheAnswerAndOnceAMinuteInTheLog() throws Exception {
    nodesClock.advance(Duration.ofMillis(-90_500));
    startNode();

    awaitOffset(-90_500);
    String difference =
        "is 90.5 s behind that of the admin node, so windows begin and end there too late";
    assertThat(health().path("warnings"))
        .isEqualTo(
            new ObjectMapper()
                .readTree(
                    "[{\"code\":\"CLOCK_OFFSET\",\"message\":\"The clock of the gateway node-1 "
                        + difference
                        + ".\"}]"));
    assertThat(warnings()).first().isEqualTo("The clock of node node-1 " + difference);

    nodesClock.advance(Duration.ofMillis(90_500 + 1001));
    awaitOffset(1001);
    assertThat(health().path("warnings").path(0).path("message").asText())
        .isEqualTo(
            "The clock of the gateway node-1 is 1.0 s ahead of that of the admin node, so windows begin and end there too early.");

    nodesClock.advance(Duration.ofMillis(-1001));
    awaitOffset(0);
    assertThat(health().has("warnings")).isFalse();
  }
}
