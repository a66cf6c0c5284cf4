package dev.intermission.trafficlog.trace;

import static dev.intermission.trafficlog.trace.TracedExchange.PROXY;
import static dev.intermission.trafficlog.trace.TracedExchange.message;
import static dev.intermission.trafficlog.trace.TracedExchange.snapshot;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.sun.management.ThreadMXBean;
import dev.intermission.api.ProxyId;
import dev.intermission.api.ProxyParts;
import dev.intermission.api.TraceWindow;
import dev.intermission.api.trace.TraceRecord;
import dev.intermission.api.trace.TraceReport;
import dev.intermission.api.trafficlog.ConnectorLogSettings;
import dev.intermission.api.trafficlog.LogPart;
import dev.intermission.api.trafficlog.LogRegion;
import dev.intermission.api.trafficlog.PrivacyDefinition;
import dev.intermission.api.trafficlog.PrivacyOperation;
import dev.intermission.api.trafficlog.PrivacyPattern;
import dev.intermission.api.trafficlog.TrafficLogSettings;
import dev.intermission.trafficlog.capture.CaptureWish;
import dev.intermission.trafficlog.capture.CapturedExchange;
import dev.intermission.trafficlog.capture.Observation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class TracesTest {

  private static final Duration LONG = Duration.ofSeconds(60);
  private static final Instant FROM = Instant.parse("2026-11-26T10:00:00Z");
  private static final Instant UNTIL = FROM.plus(Duration.ofHours(1));
  private static final ProxyParts TRACED = ProxyParts.NONE.withTrace(new TraceWindow(FROM, UNTIL));
  private static final long SECOND = Duration.ofSeconds(1).toNanos();

  private volatile Instant time = FROM.plusSeconds(1);
  private final AtomicLong nanos = new AtomicLong();
  private final List<TraceReport> reports = new CopyOnWriteArrayList<>();
  private volatile boolean isReachable = true;
  private final AtomicInteger tries = new AtomicInteger();
  private final Clock clock = new SetClock();
  private Traces traces = traces(Traces.MOST_BYTES);

  /** Shows the time of the test. */
  private final class SetClock extends Clock {

    @Override
    public Instant instant() {
      return time;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      throw new UnsupportedOperationException("instants have no zone");
    }
  }

  private Traces traces(long mostBytes) {
    return new Traces(clock, this::receive, mostBytes, nanos::get);
  }

  private void receive(TraceReport report) {
    tries.incrementAndGet();
    if (!isReachable) {
      throw new UncheckedIOException(new IOException("no admin node"));
    }
    reports.add(report);
  }

  @AfterEach
  void close() {
    traces.close();
  }

  private List<TraceRecord> records() {
    return reports.stream().flatMap(report -> report.records().stream()).toList();
  }

  private long dropped(ProxyId proxy) {
    return reports.stream()
        .mapToLong(report -> report.dropped().getOrDefault(proxy, 0L))
        .max()
        .orElse(0);
  }

  private Observation begun() {
    return Objects.requireNonNull(traces.begin(PROXY, "GET"));
  }

  @Test
  void windowIsActiveFromItsFirstMomentUntilBeforeItsLast() {
    traces.take(snapshot(1, TRACED));
    for (Instant inside : List.of(FROM, UNTIL.minusMillis(1))) {
      time = inside;
      assertThat(traces.begin(PROXY, "GET")).as("%s", inside).isNotNull();
    }
    for (Instant outside : List.of(FROM.minusNanos(1), UNTIL, UNTIL.plusSeconds(1))) {
      time = outside;
      assertThat(traces.begin(PROXY, "GET")).as("%s", outside).isNull();
    }
    time = FROM.plusSeconds(1);
    assertThat(traces.begin(null, "GET")).isNull();
    assertThat(traces.begin(new ProxyId("P", "B"), "GET")).isNull();
  }

  @Test
  void recordingIsOnWhileAWindowIsNear() {
    time = FROM.minus(Duration.ofHours(1));
    assertThat(traces.isOn()).isFalse();
    traces.take(snapshot(1, TRACED));
    assertThat(traces.isOn()).isFalse();
    time = FROM.minusSeconds(3);
    await().atMost(LONG).until(traces::isOn);
    time = UNTIL;
    await().atMost(LONG).until(() -> !traces.isOn());
    time = UNTIL.minusSeconds(1);
    traces.take(snapshot(2, TRACED));
    assertThat(traces.isOn()).isTrue();
    traces.take(snapshot(3, ProxyParts.NONE));
    await().atMost(LONG).until(() -> !traces.isOn());
    time = UNTIL;
    traces.take(snapshot(4, TRACED));
    assertThat(traces.isOn()).isFalse();
  }

  @Test
  void allOfTheMessagesIsWished() {
    traces.take(snapshot(1, TRACED));
    CaptureWish wish = begun().wish();
    assertThat(wish.parts()).containsExactlyInAnyOrder(LogPart.values());
    for (LogRegion region : LogRegion.values()) {
      assertThat(wish.characters(region)).isEqualTo(65_536);
    }
  }

  @Test
  void whatIsBeyondTheRateIsCountedAndAllocatesNothing() {
    traces.take(snapshot(1, TRACED));
    int asked = 100_000;
    int begun = 0;
    for (int i = 0; i < asked; i++) {
      begun += traces.begin(PROXY, "GET") == null ? 0 : 1;
    }
    assertThat(begun).isEqualTo(20);
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    for (int i = 0; i < asked; i++) {
      begun += traces.begin(PROXY, "GET") == null ? 0 : 1;
    }
    long allocated = threads.getCurrentThreadAllocatedBytes() - before;
    assertThat(begun).isEqualTo(20);
    assertThat(allocated).isLessThan(asked);
    await().atMost(LONG).until(() -> dropped(PROXY) == 2L * asked - 20);
    nanos.addAndGet(SECOND);
    assertThat(traces.begin(PROXY, "GET")).isNotNull();
  }

  @Test
  void requestsOfAFloodAreRecordedOrCounted() throws Exception {
    traces.close();
    traces = traces(40_000);
    traces.take(snapshot(1, TRACED));
    isReachable = false;
    int threads = 4;
    int each = 5_000;
    long all = (long) threads * each;
    CountDownLatch done = new CountDownLatch(threads);
    for (int i = 0; i < threads; i++) {
      new Thread(
              () -> {
                for (int k = 0; k < each; k++) {
                  nanos.addAndGet(SECOND / 100);
                  Observation one = traces.begin(PROXY, "GET");
                  if (one != null) {
                    one.finished(TracedExchange.of("/a/" + "x".repeat(1000)));
                  }
                }
                done.countDown();
              })
          .start();
    }
    assertThat(done.await(LONG.toSeconds(), TimeUnit.SECONDS)).isTrue();
    assertThat(reports).isEmpty();
    isReachable = true;
    await().atMost(LONG).until(() -> records().size() + dropped(PROXY) == all);
    // A record is larger than its path twice over.
    assertThat(records()).hasSizeBetween(1, 20);
  }

  @Test
  void recordsThatCantBeHandedOnAreKeptAndComeOnce() {
    traces.take(snapshot(1, TRACED));
    isReachable = false;
    for (int i = 0; i < 3; i++) {
      begun().finished(TracedExchange.of("/a/" + i));
    }
    await().atMost(LONG).until(() -> tries.get() > 1);
    isReachable = true;
    await().atMost(LONG).until(() -> records().size() == 3);
    assertThat(records())
        .extracting(record -> record.line().path())
        .containsExactly("/a/0", "/a/1", "/a/2");
    assertThat(records()).extracting(record -> record.line().id()).doesNotHaveDuplicates();
    assertThat(dropped(PROXY)).isZero();
  }

  @Test
  void recordThatIsNeverTakenIsCountedAndTheOthersAreTaken() {
    traces.close();
    traces =
        new Traces(
            clock,
            report -> {
              if (isReachable
                  && report.records().stream()
                      .anyMatch(record -> record.line().path().equals("/a/2"))) {
                throw new IllegalArgumentException("too large");
              }
              receive(report);
            },
            Traces.MOST_BYTES,
            nanos::get);
    traces.take(snapshot(1, TRACED));
    isReachable = false;
    for (int i = 0; i < 4; i++) {
      begun().finished(TracedExchange.of("/a/" + i));
    }
    isReachable = true;
    await().atMost(LONG).until(() -> records().size() == 3 && dropped(PROXY) == 1);
    assertThat(records())
        .extracting(record -> record.line().path())
        .containsExactly("/a/0", "/a/1", "/a/3");
  }

  @Tag("slow")
  @Test
  void recordForWhichTheStoreHasAFaultHoldsNoOtherBack() {
    traces.close();
    traces =
        new Traces(
            clock,
            report -> {
              if (report.records().stream()
                  .anyMatch(record -> record.line().path().equals("/a/2"))) {
                tries.incrementAndGet();
                throw new IllegalStateException("a fault");
              }
              receive(report);
            },
            Traces.MOST_BYTES,
            nanos::get);
    traces.take(snapshot(1, TRACED));
    for (int i = 0; i < 4; i++) {
      begun().finished(TracedExchange.of("/a/" + i));
    }
    await().atMost(LONG).until(() -> records().size() == 3 && dropped(PROXY) == 1);
    assertThat(records())
        .extracting(record -> record.line().path())
        .containsExactly("/a/0", "/a/1", "/a/3");
    // A fault that passes costs no record.
    assertThat(tries.get()).isGreaterThanOrEqualTo(5);
  }

  @Test
  void reportsAreBounded() {
    traces.take(snapshot(1, TRACED));
    isReachable = false;
    List<Observation> observations = new ArrayList<>();
    for (int i = 0; i < 240; i++) {
      nanos.addAndGet(SECOND / 20);
      observations.add(begun());
    }
    String body = "\u00e9".repeat(30_000);
    for (int i = 0; i < 10; i++) {
      observations
          .get(i)
          .finished(TracedExchange.of(PROXY, "/large", message(null, body), message(null, body)));
    }
    observations.subList(10, 240).forEach(one -> one.finished(TracedExchange.of("/a")));
    isReachable = true;
    await().atMost(LONG).until(() -> records().size() == 240);
    for (TraceReport report : reports) {
      assertThat(report.records()).hasSizeLessThanOrEqualTo(100);
      int bytes =
          report.records().stream()
              .mapToInt(record -> record.document().getBytes(StandardCharsets.UTF_8).length)
              .sum();
      assertThat(bytes).isLessThanOrEqualTo(1 << 20);
    }
  }

  @Test
  void closingHandsOnWhatWaits() {
    traces.take(snapshot(1, TRACED));
    begun().finished(TracedExchange.of("/a"));
    traces.close();
    assertThat(records()).hasSize(1);
    Observation late = traces.begin(PROXY, "GET");
    if (late != null) {
      late.finished(TracedExchange.of("/a"));
    }
    assertThat(records()).hasSize(1);
  }

  @Test
  void closingEndsWhereNobodyTakesRecords() {
    traces.take(snapshot(1, TRACED));
    isReachable = false;
    begun().finished(TracedExchange.of("/a"));
    traces.close();
    await()
        .atMost(LONG)
        .untilAsserted(
            () ->
                assertThat(Thread.getAllStackTraces().keySet())
                    .extracting(Thread::getName)
                    .doesNotContain("trace-sender", "trace-windows"));
    assertThat(tries.get()).isPositive();
  }

  @Test
  void definitionThatCantBeUsedStopsTheRecordingAndIsToldOnce() {
    ListAppender<ILoggingEvent> lines = new ListAppender<>();
    lines.start();
    Logger logger = (Logger) LoggerFactory.getLogger(TracedProxy.class);
    logger.addAppender(lines);
    try {
      PrivacyDefinition wrong =
          new PrivacyDefinition(
              null,
              true,
              PrivacyPattern.REGEX,
              null,
              "(",
              PrivacyOperation.MASK,
              PrivacyDefinition.Mask.DEFAULT);
      ConnectorLogSettings off =
          ConnectorLogSettings.INHERITED.withPrivacyDefinitions(List.of(wrong));
      ProxyParts unusable =
          TRACED.withTrafficLog(
              new TrafficLogSettings(Set.of(), Map.of("c", off), List.of()), null);
      Observation before = begunWith(TRACED);
      traces.take(snapshot(2, unusable));
      assertThat(traces.begin(PROXY, "GET")).isNull();
      assertThat(traces.begin(PROXY, "POST")).isNull();
      traces.take(snapshot(3, unusable));
      assertThat(traces.begin(PROXY, "GET")).isNull();
      // What began before is not recorded by rules that do not hold any more.
      before.finished(TracedExchange.of("/a"));
      await().atMost(LONG).until(() -> dropped(PROXY) == 4);
      assertThat(records()).isEmpty();
      assertThat(lines.list)
          .extracting(ILoggingEvent::getFormattedMessage)
          .singleElement()
          .asString()
          .startsWith("No request of P/A is recorded, since a privacy definition can't be used:");
    } finally {
      logger.detachAppender(lines);
    }
  }

  private Observation begunWith(ProxyParts parts) {
    traces.take(snapshot(1, parts));
    return begun();
  }

  @Test
  void requestThatGoesToAnotherApiIsOnlyRecordedIfThatOneIsTraced() {
    ProxyId other = new ProxyId("P", "B");
    Observation one = begunWith(TRACED);
    one.finished(TracedExchange.of(other, "/b", message(null, null), message(null, null)));
    one = begun();
    one.finished(TracedExchange.of(null, "/none", message(null, null), message(null, null)));
    begun().finished(TracedExchange.of("/a"));
    await().atMost(LONG).until(() -> records().size() == 1 && dropped(PROXY) == 1);
    assertThat(records().get(0).line().path()).isEqualTo("/a");
  }

  /** Parts in which the parameter {@code pin} is private. */
  private static ProxyParts withDefinition(ProxyParts parts) {
    ConnectorLogSettings connection =
        ConnectorLogSettings.INHERITED.withPrivacyDefinitions(
            List.of(PrivacyDefinition.ofElement("pin")));
    return parts.withTrafficLog(
        new TrafficLogSettings(Set.of(), Map.of("c", connection), List.of()), null);
  }

  private static CapturedExchange withPin() {
    return TracedExchange.of(PROXY, "/a", message("pin=7", null), message(null, null));
  }

  private String onlyTarget() {
    await().atMost(LONG).until(() -> !records().isEmpty());
    assertThat(records()).hasSize(1);
    return Objects.requireNonNull(records().get(0).line().target());
  }

  @Test
  void definitionThatComesWithTheEndOfTheWindowHoldsForWhatIsInFlight() {
    Observation one = begunWith(TRACED);
    traces.take(snapshot(2, withDefinition(ProxyParts.NONE)));
    one.finished(withPin());
    assertThat(onlyTarget()).endsWith("?pin=***");
  }

  @Test
  void definitionHoldsForWhatIsInFlightWhenTheApiIsUndeployed() {
    Observation one = begunWith(withDefinition(TRACED));
    traces.take(snapshot(2, ProxyParts.NONE, new ProxyId("P", "B")));
    one.finished(withPin());
    assertThat(onlyTarget()).endsWith("?pin=***");
    assertThat(traces.begin(PROXY, "GET")).isNull();
  }

  @Test
  void definitionHoldsForRecordsThatWait() throws Exception {
    CountDownLatch isTaken = new CountDownLatch(1);
    CountDownLatch isDefined = new CountDownLatch(1);
    traces.close();
    traces =
        new Traces(
            clock,
            report -> {
              isTaken.countDown();
              try {
                isDefined.await();
              } catch (InterruptedException e) {
                throw new IllegalStateException(e);
              }
              receive(report);
            },
            Traces.MOST_BYTES,
            nanos::get);
    begunWith(TRACED).finished(TracedExchange.of("/first"));
    assertThat(isTaken.await(LONG.toSeconds(), TimeUnit.SECONDS)).isTrue();
    begun().finished(withPin());
    traces.take(snapshot(2, withDefinition(ProxyParts.NONE)));
    isDefined.countDown();
    await().atMost(LONG).until(() -> records().size() == 2);
    assertThat(records().get(1).line().target()).endsWith("?pin=***");
  }

  @Test
  void requestThatBeganInTheWindowIsRecordedWhenItIsOver() {
    Observation one = begunWith(TRACED);
    time = UNTIL.plusSeconds(10);
    traces.take(snapshot(2, ProxyParts.NONE));
    one.finished(TracedExchange.of("/a"));
    await().atMost(LONG).until(() -> records().size() == 1);
  }
}
