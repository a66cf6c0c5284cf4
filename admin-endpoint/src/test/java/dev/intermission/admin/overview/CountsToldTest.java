package dev.intermission.admin.overview;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.intermission.admin.AdminServer;
import dev.intermission.admin.TestCatalog;
import dev.intermission.api.CountSource;
import dev.intermission.api.NodeCounts;
import dev.intermission.api.ProxyCounts;
import dev.intermission.api.ProxyId;
import dev.intermission.api.SnapshotFeed;
import dev.intermission.api.User;
import dev.intermission.api.Window;
import dev.intermission.api.store.InForce;
import dev.intermission.api.store.ProxyOverview;
import dev.intermission.feed.server.AdminFeed;
import dev.intermission.store.JdbcStore;
import dev.intermission.store.StoreConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What clients are told of counts, with many closed APIs under traffic. */
class CountsToldTest {

  private static final Instant START = Instant.parse("2026-07-01T10:00:00Z");
  private static final long SECOND = 1_000_000_000L;
  private static final User ADMIN = new User("admin", true, Map.of(), null);
  private static final OverviewQuery ALL = query(true);

  private final JdbcStore store;
  private final AdminFeed feed;
  private final SnapshotFeed.Subscription gateway;
  private final FrameLog log = new FrameLog();
  private final TreeMap<ProxyId, ProxyOverview> proxies = new TreeMap<>(Overview.BY_NAME);
  private volatile List<ProxyCounts> counted = List.of();
  private long change = 1;
  private long nanos = SECOND;

  CountsToldTest(@TempDir Path folder) {
    store = JdbcStore.open(StoreConfig.inFolder(folder), Clock.systemUTC());
    store.settings().apply(new TestCatalog(), AdminServer.SETUP);
    feed = new AdminFeed(store.settings(), "gateway-1");
    gateway = feed.follow("production", snapshot -> {}, new Counted());
    // That it takes the first version would be a change too.
    long version = store.settings().version("production");
    await()
        .atMost(Duration.ofMinutes(2))
        .until(() -> feed.nodes("production").get(0).servedVersion() == version);
  }

  @AfterEach
  void stop() {
    gateway.close();
    feed.close();
    store.close();
  }

  private final class Counted implements CountSource {

    @Override
    public NodeCounts counts() {
      return new NodeCounts(1, true, counted, true);
    }

    @Override
    public SnapshotFeed.Subscription onUrgent(Runnable listener) {
      return () -> {};
    }
  }

  private static OverviewQuery query(boolean counts) {
    return new OverviewQuery(null, null, null, null, null, 1, 1000, counts);
  }

  private static ProxyId id(int i) {
    return new ProxyId("P", String.format(Locale.ROOT, "api-%05d", i));
  }

  /** Has as many proxies closed with one revision. */
  private void close(int from, int to, long revision) {
    for (int i = from; i < to; i++) {
      InForce closed =
          new InForce(revision, START, "admin", true, Window.NONE, 503, START, "admin");
      proxies.put(
          id(i),
          new ProxyOverview(
              id(i), List.of(), List.of(new ProxyOverview.At("production", false, 1, closed))));
    }
    change++;
  }

  /** Has the gateway count so many answers of each of these proxies. */
  private void count(int apis, long answers) {
    counted =
        IntStream.range(0, apis)
            .mapToObj(i -> new ProxyCounts(id(i), true, answers, 0, 0, 0, 0))
            .toList();
  }

  private Telling.Allowed view(FrameLog into, long later) {
    nanos += later;
    ServingNodes nodes = new ServingNodes(feed, store.settings(), nanos);
    // What the gateways have told is read now, and not when it is needed.
    Objects.requireNonNull(nodes.requests(id(0), "production"));
    Overview.State state = new Overview.State(change, new TreeMap<>(proxies));
    Instant time = START.plusNanos(nanos);
    return new Telling.Allowed(ADMIN, into.add(new View(state, nodes, time, time)));
  }

  private Telling.Allowed view() {
    return view(log, 2 * SECOND);
  }

  private record Event(String name, String id, Map<String, Long> answers) {}

  private static Event read(byte[] text) throws IOException {
    String name = "";
    String id = "none";
    Map<String, Long> answers = new TreeMap<>();
    for (String line : new String(text, UTF_8).lines().toList()) {
      if (line.startsWith("event: ")) {
        name = line.substring("event: ".length());
      } else if (line.startsWith("id:")) {
        id = line.substring("id:".length()).strip();
      } else if (line.startsWith("data: ")) {
        JsonNode data = new JsonMapper().readTree(line.substring("data: ".length()));
        for (JsonNode each : data.path("resultList")) {
          answers.put(
              each.path("name").asText(),
              each.path("requests").path("sinceClosure").path("answers").asLong(-1));
        }
      }
    }
    return new Event(name, id, answers);
  }

  private static List<Event> all(Telling telling, Telling.Allowed allowed) throws IOException {
    List<Event> events = new ArrayList<>();
    for (byte[] next = telling.next(allowed); next.length > 0; next = telling.next(allowed)) {
      events.add(read(next));
    }
    return events;
  }

  private static List<Long> answers(List<Event> events) {
    return events.stream().flatMap(event -> event.answers().values().stream()).toList();
  }

  @Test
  void trafficPushesNothingOutOfWhatIsKept() throws Exception {
    int apis = 250;
    close(0, apis, 1);
    Telling client = new Telling(ALL, log, null);
    EventId last = EventId.read(all(client, view()).get(1).id()).orElseThrow();
    for (int second = 1; second <= 1_100; second++) {
      count(apis, second);
      view();
    }
    close(0, 1, 2);
    for (int second = 1_101; second <= 1_200; second++) {
      count(apis, second);
      view();
    }
    List<Event> events = all(new Telling(ALL, log, last), view());
    assertThat(events.stream().map(Event::name))
        .containsExactly("heartbeat", "change", "change", "change");
    assertThat(events.get(1).answers()).containsExactly(Map.entry("api-00000", 1_101L));
    assertThat(EventId.read(events.get(1).id())).isPresent();
    assertThat(events.subList(2, 4).stream().map(Event::id)).containsOnly("none");
    assertThat(answers(events.subList(2, 4))).hasSize(apis).containsOnly(1_200L);

    List<Event> behind = all(client, view());
    assertThat(behind.get(0).answers()).containsExactly(Map.entry("api-00000", 1_101L));
    assertThat(answers(behind.subList(1, 3))).hasSize(apis).containsOnly(1_200L);
    assertThat(client.lags()).isFalse();
  }

  @Test
  void clientOfAnotherAdminNodeIsToldThePresentCountsOfAllThatIsClosed() throws Exception {
    close(0, 3, 1);
    count(2, 7);
    EventId last = EventId.read(all(new Telling(ALL, log, null), view()).get(0).id()).orElseThrow();
    FrameLog other = new FrameLog();
    nanos -= 100 * SECOND;
    view(other, 0);
    nanos += 200 * SECOND;
    List<Event> events = all(new Telling(ALL, other, last), view(other, 0));
    assertThat(events.stream().map(Event::name)).containsExactly("heartbeat", "change");
    assertThat(answers(events)).containsExactly(7L, 7L, 0L);
  }

  /** Counts that change all the time must not keep it at the beginning of the list. */
  @Test
  void slowClientGetsTheCountsOfEveryApi() throws Exception {
    int apis = 450;
    close(0, apis, 1);
    Telling client = new Telling(ALL, log, null);
    all(client, view());
    Map<String, Long> known = new TreeMap<>();
    for (int second = 1; second <= 6; second++) {
      count(apis, second);
      known.putAll(read(client.next(view())).answers());
    }
    assertThat(known).hasSize(apis).containsEntry("api-00000", 4L).containsEntry("api-00449", 6L);
  }

  @Test
  void countsOfAnApiAreToldOnceASecond() throws Exception {
    close(0, 1, 1);
    Telling client = new Telling(ALL, log, null);
    all(client, view());
    count(1, 1);
    assertThat(answers(all(client, view()))).containsExactly(1L);
    count(1, 2);
    assertThat(all(client, view(log, SECOND / 4))).isEmpty();
    count(1, 3);
    assertThat(answers(all(client, view(log, SECOND)))).containsExactly(3L);
    assertThat(all(client, view())).isEmpty();
  }

  @Test
  void whatIsOpenedAndClosedIsToldInOrder() throws Exception {
    close(0, 2, 1);
    count(2, 5);
    Telling client = new Telling(ALL, log, null);
    EventId last = EventId.read(all(client, view()).get(0).id()).orElseThrow();
    count(2, 6);
    view();
    proxies.remove(id(1));
    change++;
    view();
    close(0, 1, 2);
    List<Event> events = all(new Telling(ALL, log, last), view());
    assertThat(events.stream().map(Event::name))
        .containsExactly("heartbeat", "change", "change", "change");
    assertThat(events.get(1).answers()).isEmpty();
    assertThat(events.get(2).answers()).containsExactly(Map.entry("api-00000", 6L));
    assertThat(events.get(3).answers()).containsExactly(Map.entry("api-00000", 6L));
  }

  @Test
  void whoeverDoesNotWantCountsIsToldNone() throws Exception {
    close(0, 2, 1);
    count(2, 5);
    Telling client = new Telling(query(false), log, null);
    assertThat(answers(all(client, view()))).containsExactly(-1L, -1L);
    count(2, 6);
    assertThat(all(client, view())).isEmpty();
    close(0, 1, 2);
    assertThat(answers(all(client, view()))).containsExactly(-1L);
  }
}
