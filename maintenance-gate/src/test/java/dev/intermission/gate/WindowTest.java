package dev.intermission.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.intermission.api.DeployedProxy;
import dev.intermission.api.MaintenanceSettings;
import dev.intermission.api.Moment;
import dev.intermission.api.RetryAfter;
import dev.intermission.api.Window;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Windows that begin and end by a clock that the test sets. */
class WindowTest {

  private static final String START = "2026-07-01T12:00:00+02:00";
  private static final String END = "2026-07-01T12:30:00+02:00";
  private static final Duration LONG = Duration.ofSeconds(60);

  private final SetClock clock = new SetClock("2026-07-01T09:00:00Z");
  private final Gate gate = new Gate(GateOptions.DEFAULTS, clock);

  @AfterEach
  void close() {
    gate.close();
  }

  private static DeployedProxy proxy(
      String path, @Nullable String start, @Nullable String end, boolean reopen) {
    return proxy(path, start, end, reopen, "");
  }

  private static DeployedProxy proxy(
      String path, @Nullable String start, @Nullable String end, boolean reopen, String message) {
    DeployedProxy closed = Proxies.closed(path, 503, "text/plain", message);
    Window window =
        new Window(
            start == null ? null : Moment.parse(start),
            end == null ? null : Moment.parse(end),
            reopen);
    return new DeployedProxy(closed.proxy(), 1, closed.settings().withWindow(window));
  }

  private boolean isClosed(String path) {
    return gate.current().answer(null, path) != null;
  }

  private void await(String path, boolean closed) {
    Awaitility.await().atMost(LONG).until(() -> isClosed(path) == closed);
  }

  private static void awaitNoThread() {
    Awaitility.await()
        .atMost(LONG)
        .until(
            () ->
                Thread.getAllStackTraces().keySet().stream()
                    .noneMatch(thread -> thread.getName().equals("maintenance-windows")));
  }

  @Test
  void startsAndEndsWhileItServes() {
    AtomicInteger told = new AtomicInteger();
    gate.publish(Proxies.snapshot(1, proxy("/a", START, END, true), Proxies.open("/b")));
    gate.addListener(told::incrementAndGet);
    assertThat(isClosed("/a")).isFalse();

    clock.set("2026-07-01T10:00:00Z");
    await("/a", true);
    assertThat(isClosed("/b")).isFalse();
    assertThat(told).hasValue(1);

    clock.set("2026-07-01T10:30:00Z");
    await("/a", false);
    assertThat(told).hasValue(2);
    assertThat(gate.servedVersion()).isEqualTo(1);
    awaitNoThread();
  }

  @Test
  void staysClosedAtItsEndIfItIsNotToReopen() {
    gate.publish(Proxies.snapshot(1, proxy("/a", START, END, false), proxy("/b", null, END, true)));
    assertThat(isClosed("/b")).isTrue();
    clock.set("2026-07-01T10:30:01Z");
    await("/b", false);
    assertThat(isClosed("/a")).isTrue();
  }

  @Test
  void gateThatWasOffAtTheStartOrEndWorksItOutFromItsSnapshot() {
    clock.set("2026-07-01T10:10:00Z");
    gate.publish(Proxies.snapshot(1, proxy("/a", START, END, true)));
    assertThat(isClosed("/a")).isTrue();

    try (Gate later = new Gate(GateOptions.DEFAULTS, new SetClock("2026-07-01T11:00:00Z"))) {
      later.publish(
          Proxies.snapshot(1, proxy("/a", START, END, true), proxy("/b", START, END, false)));
      assertThat(later.current().answer(null, "/a")).isNull();
      assertThat(later.current().answer(null, "/b")).isNotNull();
    }
  }

  @Test
  void clockThatGoesBackOpensNothingBeforeItsEnd() {
    gate.publish(Proxies.snapshot(1, proxy("/a", START, END, true)));
    clock.set("2026-07-01T10:00:10Z");
    await("/a", true);

    clock.set("2026-07-01T09:00:10Z");
    gate.publish(
        Proxies.snapshot(2, proxy("/a", START, END, true, "still"), proxy("/b", START, END, true)));
    assertThat(isClosed("/a")).isTrue();
    assertThat(isClosed("/b")).isFalse();

    clock.set("2026-07-01T10:30:00Z");
    await("/a", false);
  }

  @Test
  void clockThatGoesBackClosesNothingThatWasReopened() {
    gate.publish(Proxies.snapshot(1, proxy("/a", START, END, true)));
    clock.set("2026-07-01T10:00:00Z");
    await("/a", true);
    clock.set("2026-07-01T11:00:00Z");
    await("/a", false);

    clock.set("2026-07-01T10:10:00Z");
    gate.publish(
        Proxies.snapshot(2, proxy("/a", START, END, true, "other"), proxy("/b", START, END, true)));
    assertThat(isClosed("/b")).isTrue();
    assertThat(isClosed("/a")).isFalse();

    String later = "2026-07-01T13:00:00+02:00";
    gate.publish(Proxies.snapshot(3, proxy("/a", START, later, true)));
    assertThat(isClosed("/a")).isTrue();
  }

  @Test
  void clockThatGoesAnHourAheadCanNotHideAnEnd() {
    gate.publish(Proxies.snapshot(1, proxy("/a", START, END, true)));
    clock.set("2026-07-01T10:00:00Z");
    await("/a", true);
    clock.set("2026-07-01T11:00:00Z");
    await("/a", false);
  }

  @Test
  void tenThousandWindowsEndInOneSecond() {
    int count = 10_000;
    AtomicInteger told = new AtomicInteger();
    gate.addListener(told::incrementAndGet);
    gate.publish(
        Proxies.snapshot(
            1,
            IntStream.range(0, count)
                .mapToObj(
                    i ->
                        proxy("/p" + i, null, "2026-07-01T10:00:00.%04dZ".formatted(i), i % 2 == 0))
                .toArray(DeployedProxy[]::new)));
    assertThat(isClosed("/p0")).isTrue();
    clock.set("2026-07-01T10:00:00.5Z");
    await("/p0", false);
    assertThat(isClosed("/p4998")).isFalse();
    assertThat(isClosed("/p5000")).isFalse();
    assertThat(isClosed("/p5002")).isTrue();

    clock.set("2026-07-01T10:00:01Z");
    await("/p9998", false);
    for (int i = 0; i < count; i++) {
      assertThat(isClosed("/p" + i)).isEqualTo(i % 2 == 1);
    }
    assertThat(told).hasValue(3);
  }

  @Test
  void windowThatIsTakenBackEndsTheTimer() {
    gate.publish(Proxies.snapshot(1, proxy("/a", START, END, true)));
    gate.publish(Proxies.snapshot(2, Proxies.open("/a")));
    awaitNoThread();
    clock.set("2026-07-01T10:00:10Z");
    assertThat(isClosed("/a")).isFalse();
  }

  @Test
  void closedGateBeginsAndEndsNothing() {
    gate.publish(Proxies.snapshot(1, proxy("/a", START, END, true)));
    gate.close();
    awaitNoThread();
    clock.set("2026-07-01T10:00:10Z");
    assertThat(isClosed("/a")).isFalse();
    gate.publish(Proxies.snapshot(2, proxy("/a", START, END, true), proxy("/b", null, END, true)));
    assertThat(isClosed("/b")).isTrue();
    awaitNoThread();
  }

  @Test
  void listenerThatFailsStopsNoWindow() {
    gate.publish(Proxies.snapshot(1, proxy("/a", START, END, true)));
    gate.addListener(
        () -> {
          throw new IllegalStateException("a listener that fails");
        });
    clock.set("2026-07-01T10:00:00Z");
    await("/a", true);
    clock.set("2026-07-01T10:30:00Z");
    await("/a", false);
  }

  @Test
  void windowBeginsByTheClockOfTheSystem() {
    try (Gate real = new Gate(GateOptions.DEFAULTS)) {
      Instant soon = Clock.systemUTC().instant().plusMillis(300);
      real.publish(Proxies.snapshot(1, proxy("/a", soon.toString(), null, false)));
      Awaitility.await().atMost(LONG).until(() -> real.current().answer(null, "/a") != null);
      assertThat(Clock.systemUTC().instant()).isAfterOrEqualTo(soon);
    }
  }

  @Test
  void retryAfterCountsDownToTheEnd() {
    DeployedProxy proxy = proxy("/a", null, "2026-07-01T09:01:00.5Z", false);
    MaintenanceSettings plain = proxy.settings();
    MaintenanceSettings settings =
        new MaintenanceSettings(true, 503, plain.contentType(), "#RETRYAFTER# #ENDSAT#")
            .withWindow(plain.window())
            .withRetryAfter(new RetryAfter(7, 0));
    gate.publish(Proxies.snapshot(1, new DeployedProxy(proxy.proxy(), 1, settings)));
    Answer answer = java.util.Objects.requireNonNull(gate.current().answer(null, "/a"));
    assertThat(answer.retryAfter()).isEqualTo(61);

    clock.set("2026-07-01T09:00:30.2Z");
    Awaitility.await().atMost(LONG).until(() -> answer.retryAfter() == 31);
    assertThat(new String(answer.body(null, 31), java.nio.charset.StandardCharsets.UTF_8))
        .isEqualTo("31 2026-07-01T09:01:00.5Z");

    clock.set("2026-07-01T09:01:00.4Z");
    Awaitility.await().atMost(LONG).until(() -> answer.retryAfter() == 1);
    clock.set("2026-07-01T09:01:01Z");
    Awaitility.await().atMost(LONG).until(() -> answer.retryAfter() == 7);
    awaitNoThread();
  }

  /** Another deployment tells the time again, which must not stand still then. */
  @Test
  void retryAfterCountsAgainAfterAClockThatWentBackFromBeyondTheEnd() {
    DeployedProxy proxy = proxy("/a", null, "2026-07-01T09:01:00Z", false);
    DeployedProxy closed =
        new DeployedProxy(
            proxy.proxy(), 1, proxy.settings().withRetryAfter(new RetryAfter(900, 0)));
    gate.publish(Proxies.snapshot(1, closed));
    Answer answer = java.util.Objects.requireNonNull(gate.current().answer(null, "/a"));
    assertThat(answer.retryAfter()).isEqualTo(60);
    clock.set("2026-07-01T10:00:00Z");
    Awaitility.await().atMost(LONG).until(() -> answer.retryAfter() == 900);
    awaitNoThread();

    clock.set("2026-07-01T09:00:20Z");
    gate.publish(Proxies.snapshot(2, closed, Proxies.open("/b")));
    assertThat(answer.retryAfter()).isEqualTo(40);
    clock.set("2026-07-01T09:00:40Z");
    Awaitility.await().atMost(LONG).until(() -> answer.retryAfter() == 20);
    clock.set("2026-07-01T09:01:01Z");
    Awaitility.await().atMost(LONG).until(() -> answer.retryAfter() == 900);
    awaitNoThread();
    assertThat(isClosed("/a")).isTrue();
  }
}
