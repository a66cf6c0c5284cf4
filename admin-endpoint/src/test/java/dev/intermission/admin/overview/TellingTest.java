package dev.intermission.admin.overview;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.intermission.api.ProxyId;
import dev.intermission.api.User;
import dev.intermission.api.store.ProxyOverview;
import dev.intermission.feed.server.AdminFeed;
import dev.intermission.store.JdbcStore;
import dev.intermission.store.StoreConfig;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What clients are told in which order, however many proxies there are. */
class TellingTest {

  private static final Instant START = Instant.parse("2026-07-01T10:00:00Z");
  private static final User ADMIN = new User("admin", true, Map.of(), null);
  private static final OverviewQuery ALL =
      new OverviewQuery(null, null, null, null, null, 1, 1000, true);
  private static final Pattern ID = Pattern.compile("\nid: ?(.*)\n");

  private final JdbcStore store;
  private final AdminFeed feed;
  private final FrameLog log = new FrameLog();
  private final TreeMap<ProxyId, ProxyOverview> proxies = new TreeMap<>(Overview.BY_NAME);
  private long change = 1;

  TellingTest(@TempDir Path folder) {
    store = JdbcStore.open(StoreConfig.inFolder(folder), Clock.systemUTC());
    feed = new AdminFeed(store.settings(), "gateway-1");
  }

  @AfterEach
  void stop() {
    feed.close();
    store.close();
  }

  /** Sets as many proxies, which need to be deployed again or not. */
  private void set(int from, int to, boolean redeployRequired) {
    for (int i = from; i < to; i++) {
      ProxyId id = new ProxyId("P", String.format(Locale.ROOT, "api-%05d", i));
      proxies.put(
          id,
          new ProxyOverview(
              id,
              List.of(),
              List.of(new ProxyOverview.At("production", redeployRequired, 0, null))));
    }
    change++;
  }

  private Telling.Allowed view() {
    return view(log, START.plusSeconds(change), START.plusSeconds(change));
  }

  private Telling.Allowed view(FrameLog into, Instant time, Instant storeTime) {
    ServingNodes nodes = new ServingNodes(feed, store.settings());
    Overview.State state = new Overview.State(change, new TreeMap<>(proxies));
    return new Telling.Allowed(ADMIN, into.add(new View(state, nodes, time, storeTime)));
  }

  private static List<String> all(Telling telling, Telling.Allowed allowed) {
    List<String> events = new ArrayList<>();
    for (byte[] next = telling.next(allowed); next.length > 0; next = telling.next(allowed)) {
      events.add(new String(next, UTF_8));
    }
    return events;
  }

  private static int lines(String event) {
    return event.split("\"environmentName\"", -1).length - 1;
  }

  private static String id(String event) {
    Matcher id = ID.matcher(event);
    return id.find() ? id.group(1) : "none";
  }

  @Test
  void stateComesInPartsAndOnlyTheLastOneCanBeGoneOnFrom() {
    set(0, 450, false);
    List<String> events = all(new Telling(ALL, log, null), view());
    assertThat(events).hasSize(3).allMatch(event -> event.startsWith("event: state\n"));
    assertThat(events.stream().map(TellingTest::lines)).containsExactly(200, 200, 50);
    assertThat(events.get(0)).contains("\"first\":true,\"last\":false").contains("\nid: \n");
    assertThat(id(events.get(1))).isEqualTo("none");
    assertThat(events.get(2)).contains("\"first\":false,\"last\":true");
    assertThat(EventId.read(id(events.get(2)))).isPresent();
  }

  @Test
  void lastPartOfAChangeHasTheIdAlsoWhereWhatFollowsIsNotForTheClient() {
    ProxyId other = new ProxyId("P", "other");
    proxies.put(other, new ProxyOverview(other, List.of(), List.of()));
    set(0, 200, false);
    OverviewQuery some = new OverviewQuery(null, null, null, null, "api-", 1, 1000, true);
    Telling telling = new Telling(some, log, null);
    assertThat(all(telling, view())).isNotEmpty();
    proxies.put(
        other,
        new ProxyOverview(
            other, List.of(), List.of(new ProxyOverview.At("production", true, 0, null))));
    set(0, 200, true);
    List<String> events = all(telling, view());
    assertThat(events.stream().map(TellingTest::lines)).containsExactly(200);
    assertThat(EventId.read(id(events.get(0)))).isPresent();
  }

  @Test
  void whatChangesWhileTheStateIsToldIsToldAgainAfterIt() {
    set(0, 300, false);
    Telling telling = new Telling(ALL, log, null);
    String first = new String(telling.next(view()), UTF_8);
    assertThat(lines(first)).isEqualTo(200);
    set(0, 1, true);
    proxies.remove(proxies.lastKey());
    List<String> rest = all(telling, view());
    assertThat(rest).hasSize(2);
    assertThat(lines(rest.get(0))).isEqualTo(99);
    assertThat(rest.get(1))
        .startsWith("event: change\n")
        .contains("\"name\":\"api-00000\"")
        .contains("\"redeployRequired\":true")
        .contains(
            "\"gone\":[{\"project\":\"P\",\"name\":\"api-00299\",\"environmentName\":\"production\"}]");
  }

  @Test
  void manyChangesAtOnceComeInPartsAndTheLastOneHasTheId() {
    set(0, 450, false);
    Telling telling = new Telling(ALL, log, null);
    all(telling, view());
    set(0, 450, true);
    List<String> events = all(telling, view());
    assertThat(events).hasSize(3).allMatch(event -> event.startsWith("event: change\n"));
    assertThat(events.stream().map(TellingTest::lines)).containsExactly(200, 200, 50);
    assertThat(events.stream().map(TellingTest::id).limit(2)).containsExactly("none", "none");
    assertThat(EventId.read(id(events.get(2)))).isPresent();
  }

  @Test
  void moreThanIsKeptIsToldByTheWholeState() {
    set(0, 11_000, false);
    Telling telling = new Telling(ALL, log, null);
    all(telling, view());
    set(0, 10_500, true);
    List<String> events = all(telling, view());
    assertThat(events).hasSize(55).allMatch(event -> event.startsWith("event: state\n"));
    assertThat(telling.lags()).isFalse();
  }

  /** A store that was restored from a backup counts its changes from before. */
  @Test
  void restoredStoreIsToldByTheWholeState() {
    set(0, 3, false);
    set(0, 3, false);
    Telling telling = new Telling(ALL, log, null);
    String state = all(telling, view()).get(0);
    change = 1;
    proxies.remove(proxies.lastKey());
    Telling.Allowed restored = view();
    assertThat(all(telling, restored))
        .hasSize(1)
        .allMatch(event -> event.startsWith("event: state"));
    EventId before = EventId.read(id(state)).orElseThrow();
    assertThat(log.position(before)).isEmpty();
  }

  /** What changes at gateways has no number in the store, so this test gives none to changes. */
  @ParameterizedTest
  @ValueSource(ints = {-600, -40, 0, 40, 600})
  void clientGoesOnAtAnAdminNodeWithAnotherClockWithoutALoss(int ahead) {
    set(0, 3, false);
    long numbered = change;
    FrameLog elsewhere = new FrameLog();
    Telling there = new Telling(ALL, elsewhere, null);
    all(there, view(elsewhere, START, START));
    view(log, START.plusSeconds(ahead), START);
    Instant left = START.plusSeconds(50);
    EventId last = EventId.read(there.id(view(elsewhere, left, left))).orElseThrow();
    set(0, 1, true);
    change = numbered;
    Instant changed = START.plusSeconds(100);
    Telling.Allowed present = view(log, changed.plusSeconds(ahead), changed);
    assertThat(String.join("", all(new Telling(ALL, log, last), present)))
        .contains("\"redeployRequired\":true");
  }

  @Test
  void clientThatLetsTooManyFramesPassLags() {
    set(0, 1, false);
    Telling slow = new Telling(ALL, log, null);
    Telling fast = new Telling(ALL, log, null);
    all(slow, view());
    all(fast, view());
    for (int i = 0; i < 1_001; i++) {
      set(0, 1, i % 2 == 0);
      assertThat(all(fast, view())).hasSize(1);
    }
    assertThat(all(slow, view())).isEmpty();
    assertThat(slow.lags()).isTrue();
    assertThat(fast.lags()).isFalse();
  }

  @Test
  void nothingIsToldWhereNoLineIsAnotherOne() {
    set(0, 3, false);
    Telling telling = new Telling(ALL, log, null);
    all(telling, view());
    set(0, 3, false);
    Telling.Allowed same = view();
    assertThat(all(telling, same)).isEmpty();
    assertThat(telling.id(same)).startsWith(change + ".");
  }
}
