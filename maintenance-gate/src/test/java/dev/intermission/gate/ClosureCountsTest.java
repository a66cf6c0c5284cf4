package dev.intermission.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.intermission.api.AddressRange;
import dev.intermission.api.BypassToken;
import dev.intermission.api.DeployedProxy;
import dev.intermission.api.Exemptions;
import dev.intermission.api.IpAddress;
import dev.intermission.api.Moment;
import dev.intermission.api.ProxyCounts;
import dev.intermission.api.ProxyParts;
import dev.intermission.api.TokenHash;
import dev.intermission.api.Window;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the gate counts of each closed proxy. */
class ClosureCountsTest {

  private final SetClock clock = new SetClock("2026-07-01T10:00:00Z");
  private final Gate gate = new Gate(GateOptions.DEFAULTS, clock);

  @AfterEach
  void close() {
    gate.close();
  }

  private void ask(String path, String... lines) {
    gate.current().decide(null, path, TestHead.from("192.0.2.1", lines));
  }

  private void ask(int times, String path) {
    for (int i = 0; i < times; i++) {
      ask(path);
    }
  }

  private List<ProxyCounts> counts() {
    return gate.counts().proxies();
  }

  private static ProxyCounts counts(
      DeployedProxy proxy, long answers, long admitted, long bypassed) {
    return new ProxyCounts(proxy.id(), true, answers, admitted, bypassed, 0, 0);
  }

  /** A closed proxy with open paths, an address that may pass, and a bypass token. */
  private static DeployedProxy exempting(String path) {
    DeployedProxy closed = Proxies.closed(path);
    Exemptions exemptions =
        new Exemptions(
            List.of(), List.of("/health"), List.of(AddressRange.parse("203.0.113.0/24")), 0, null);
    Instant made = Instant.parse("2026-07-01T09:00:00Z");
    BypassToken token =
        new BypassToken(
            "id", "", TokenHash.of("imb_testers"), "admin", made, made.plus(Duration.ofDays(1)));
    return new DeployedProxy(
        closed.proxy(),
        1,
        closed.settings().withExemptions(exemptions),
        new ProxyParts(List.of(token)));
  }

  @Test
  void requestsToClosedProxiesAreCountedByWhatBecomesOfThem() {
    DeployedProxy a = exempting("/a");
    DeployedProxy b = Proxies.closed("/b");
    gate.publish(Proxies.snapshot(1, a, b, Proxies.open("/c"), Proxies.closed("/d")));
    ask(5, "/a");
    ask(2, "/a/health");
    ask("/a", BypassToken.HEADER + ": imb_testers");
    gate.current().decide(null, "/a", TestHead.from("203.0.113.7"));
    ask(3, "/b/%6f/x;y/");
    ask(4, "/c");
    ask(4, "/none");
    assertThat(counts()).containsExactlyInAnyOrder(counts(a, 5, 3, 1), counts(b, 3, 0, 0));
    assertThat(gate.counts().version()).isEqualTo(1);
    assertThat(gate.counts().countsInFlight()).isFalse();
  }

  @Test
  void requestInDoubtIsCountedOnceAtTheProxyThatLetsItIn() {
    DeployedProxy a = exempting("/a");
    gate.publish(Proxies.snapshot(1, a, Proxies.open("/c")));
    ask("/a/health/x%2Fy");
    ask("/c/..%2Fa/health", BypassToken.HEADER + ": imb_testers");
    assertThat(counts()).containsExactly(counts(a, 0, 1, 1));
  }

  /** Does something when it is asked for a field, which is in the middle of a decision. */
  private record AskedHead(RequestHead head, Runnable asked) implements RequestHead {

    @Override
    public String method() {
      return head.method();
    }

    @Override
    public @Nullable String query() {
      return head.query();
    }

    @Override
    public @Nullable IpAddress address() {
      return head.address();
    }

    @Override
    public @Nullable String contentType() {
      return head.contentType();
    }

    @Override
    public @Nullable String field(String name) {
      asked.run();
      return head.field(name);
    }

    @Override
    public void eachField(BiConsumer<String, String> reader) {
      asked.run();
      head.eachField(reader);
    }
  }

  /** In one reading of its path it goes to the closed proxy, in the other to the open one. */
  @Test
  void requestThatIsEnteredOnceMoreIsCountedOnce() {
    DeployedProxy a = exempting("/a");
    gate.publish(Proxies.snapshot(1, a, Proxies.open("/c")));
    AtomicBoolean isPublished = new AtomicBoolean();
    RequestHead head =
        new AskedHead(
            TestHead.from("192.0.2.1", BypassToken.HEADER + ": imb_testers"),
            () -> {
              if (!isPublished.getAndSet(true)) {
                gate.publish(Proxies.snapshot(2, a, Proxies.open("/c"), Proxies.open("/d")));
              }
            });
    Counted counted = Counted.decide(gate, null, "/c/..%2Fa/health", head);
    assertThat(counted.decision().passage()).isEqualTo(Passage.BYPASSED);
    assertThat(isPublished).isTrue();
    assertThat(counts()).containsExactly(counts(a, 0, 0, 1));
    Objects.requireNonNull(counted.entry()).leave();
  }

  @Test
  void whatIsAnsweredToAllIsCountedNowhere() {
    gate.publish(Proxies.snapshot(1, Proxies.closed("/a")));
    ask("/a" + "/..;%2F".repeat(1000));
    ask("*");
    assertThat(counts()).isEmpty();
  }

  @Test
  void countsLastAsLongAsTheProxyIsClosed() {
    DeployedProxy a = Proxies.closed("/a");
    DeployedProxy b = Proxies.closed("/b");
    gate.publish(Proxies.snapshot(1, a, b));
    ask(3, "/a");
    ask(2, "/b");
    DeployedProxy changed = Proxies.closed("/a", 500, "text/plain", "another");
    gate.publish(Proxies.snapshot(2, changed, b));
    ask("/a");
    assertThat(counts()).containsExactlyInAnyOrder(counts(a, 4, 0, 0), counts(b, 2, 0, 0));

    // Other routes, so other indices.
    gate.publish(Proxies.snapshot(3, Proxies.open("/0"), changed, Proxies.open("/b")));
    ask("/a");
    ask("/b");
    assertThat(counts()).containsExactly(counts(a, 5, 0, 0));

    gate.publish(Proxies.snapshot(4, Proxies.open("/0"), Proxies.open("/a"), b));
    assertThat(counts()).isEmpty();
    gate.publish(Proxies.snapshot(5, Proxies.open("/0"), a, b));
    ask("/a");
    ask("/b");
    assertThat(counts()).containsExactlyInAnyOrder(counts(a, 1, 0, 0), counts(b, 1, 0, 0));
  }

  private static DeployedProxy closedBy(Window window, String path) {
    DeployedProxy closed = Proxies.closed(path);
    return new DeployedProxy(closed.proxy(), 1, closed.settings().withWindow(window));
  }

  /** Where not all can be told, these are the ones of which others can't work out the rest. */
  @Test
  void proxiesThatTheTimeClosesOrOpensAreToldFirst() {
    Moment past = Moment.parse("2026-07-01T09:00:00Z");
    Moment later = Moment.parse("2026-07-01T12:00:00Z");
    DeployedProxy plain = Proxies.closed("/a");
    DeployedProxy ends = closedBy(new Window(null, later, false), "/b");
    DeployedProxy began = closedBy(new Window(past, null, false), "/c");
    DeployedProxy opens = closedBy(new Window(null, later, true), "/d");
    gate.publish(Proxies.snapshot(1, plain, ends, began, opens));
    ask("/a");
    assertThat(counts().subList(0, 2))
        .containsExactlyInAnyOrder(ProxyCounts.none(began.id()), ProxyCounts.none(opens.id()));
    assertThat(counts().subList(2, 4))
        .containsExactlyInAnyOrder(counts(plain, 1, 0, 0), ProxyCounts.none(ends.id()));
  }

  @Test
  void proxyThatAWindowHasClosedIsToldAlsoWithoutRequests() {
    DeployedProxy a =
        closedBy(
            new Window(
                Moment.parse("2026-07-01T11:00:00Z"), Moment.parse("2026-07-01T12:00:00Z"), true),
            "/a");
    gate.publish(Proxies.snapshot(1, a));
    ask("/a");
    assertThat(counts()).isEmpty();
    clock.set("2026-07-01T11:00:00Z");
    Awaitility.await().until(() -> counts().equals(List.of(ProxyCounts.none(a.id()))));
    ask("/a");
    assertThat(counts()).containsExactly(counts(a, 1, 0, 0));
    clock.set("2026-07-01T12:00:00Z");
    Awaitility.await().until(() -> counts().isEmpty());
  }
}
