package dev.intermission.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.Callback;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is measured, against real servers. */
class LoadRunTest {

  @Test
  void closedLoopCountsEachRequestThatTheServerSaw() throws Exception {
    try (TargetServer server = TargetServer.answering(503, "text/plain", "gone")) {
      Measurement measured = Plans.run(Plans.closedLoop(server.url()));
      // One more came before: the probe.
      assertThat(measured.all().requests()).isEqualTo(server.requests() - 1).isPositive();
      assertThat(measured.all().failures()).isZero();
      assertThat(measured.bins().stream().mapToLong(Bin::answered).sum())
          .isEqualTo(measured.all().requests());
      assertThat(measured.throughput()).isEqualTo(measured.all().requests() / 1.0);
    }
  }

  @Test
  void openLoopSendsWhatIsDueAndNoMore() throws Exception {
    try (TargetServer server = TargetServer.answering(503, "text/plain", "gone")) {
      Measurement measured = Plans.run(Plans.openLoop(server.url(), 150, Duration.ofSeconds(1)));
      assertThat(measured.all().requests()).isEqualTo(150);
      assertThat(measured.all().failures()).isZero();
      assertThat(server.requests()).isEqualTo(151);
    }
  }

  /** With four connections, a generator that waits for answers would see four slow ones. */
  @Tag("slow")
  @Test
  void stallIsInTheLatencyOfAllRequestsThatWereDueMeanwhile() throws Exception {
    long stall = TimeUnit.MILLISECONDS.toNanos(500);
    CountDownLatch over = new CountDownLatch(1);
    try (TargetServer server =
        new TargetServer(
            (number, request, response, callback) -> {
              if (number == 100) {
                long begin = System.nanoTime();
                while (System.nanoTime() - begin < stall) {
                  LockSupport.parkNanos(stall);
                }
                over.countDown();
              } else if (number > 100 && !over.await(60, TimeUnit.SECONDS)) {
                throw new InterruptedIOException("the stall does not end");
              }
              TargetServer.write(response, callback, 503, "text/plain", "gone");
            })) {
      Measurement measured = Plans.run(Plans.openLoop(server.url(), 200, Duration.ofSeconds(2)));
      Counts all = measured.all();
      assertThat(all.requests()).isEqualTo(400);
      assertThat(all.failures()).isZero();
      assertThat(all.latencies().getMaxValue()).isGreaterThanOrEqualTo(stall);
      // 50 requests are due in the first half of the stall, and wait for longer than the other.
      assertThat(all.latencies().getCountBetweenValues(stall / 2, Long.MAX_VALUE / 2))
          .isGreaterThanOrEqualTo(45);
      assertThat(all.percentile(99)).isGreaterThanOrEqualTo(stall * 9 / 10);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "200, text/plain, gone, STATUS",
    "503, text/html, gone, CONTENT_TYPE",
    "503, text/plain; charset=utf-8, gone, CONTENT_TYPE",
    "503, text/plain, gon, BODY",
    "503, text/plain, gone!, BODY",
    "503, text/plain, GONE, BODY",
    "500, text/html, x, STATUS"
  })
  void wrongAnswerIsAnErrorOfItsKind(int status, String type, String body, Failure kind)
      throws Exception {
    try (TargetServer server =
        new TargetServer(
            (number, request, response, callback) -> {
              if (number % 2 == 0) {
                TargetServer.write(response, callback, status, type, body);
              } else {
                TargetServer.write(response, callback, 503, "text/plain", "gone");
              }
            })) {
      Measurement measured = Plans.run(Plans.openLoop(server.url(), 100, Duration.ofSeconds(1)));
      assertThat(measured.all().requests()).isEqualTo(100);
      assertThat(measured.all().answered()).isEqualTo(100);
      assertThat(measured.all().failures(kind)).isEqualTo(50);
      assertThat(measured.all().failures()).isEqualTo(50);
    }
  }

  @Test
  void requestWithoutAnAnswerTimesOutAndItsWaitingCounts() throws Exception {
    Set<Callback> unanswered = ConcurrentHashMap.newKeySet();
    try (TargetServer server =
        new TargetServer(
            (number, request, response, callback) -> {
              if (number == 10) {
                unanswered.add(callback);
              } else {
                TargetServer.write(response, callback, 503, "text/plain", "gone");
              }
            })) {
      Duration timeout = Duration.ofSeconds(2);
      Measurement measured =
          Plans.run(Plans.openLoop(server.url(), 50, Duration.ofSeconds(1), timeout));
      unanswered.forEach(Callback::succeeded);
      assertThat(measured.all().requests()).isEqualTo(50);
      assertThat(measured.all().failures(Failure.TIMED_OUT)).isPositive();
      assertThat(measured.all().latencies().getMaxValue())
          .isGreaterThanOrEqualTo(timeout.toNanos() * 99 / 100);
    }
  }

  @Test
  void connectionThatBreaksIsAnErrorAndLoadGoesOn() throws Exception {
    try (TargetServer server =
        new TargetServer(
            (number, request, response, callback) -> {
              if (number % 10 == 0) {
                breakConnection(request);
              } else {
                TargetServer.write(response, callback, 503, "text/plain", "gone");
              }
            })) {
      Measurement measured = Plans.run(Plans.openLoop(server.url(), 100, Duration.ofSeconds(1)));
      assertThat(measured.all().failures(Failure.BROKEN)).isEqualTo(measured.all().failures());
      assertThat(measured.all().failures()).isBetween(10L, 20L);
      assertThat(measured.all().requests()).isEqualTo(100);
    }
  }

  private static void breakConnection(Request request) {
    request.getConnectionMetaData().getConnection().getEndPoint().close();
  }

  @Test
  void serverThatGoesAwayIsCountedAndNotHammered() throws Exception {
    CountDownLatch served = new CountDownLatch(1);
    try (TargetServer server =
        new TargetServer(
            (number, request, response, callback) -> {
              TargetServer.write(response, callback, 503, "text/plain", "gone");
              served.countDown();
            })) {
      LoadRun run =
          new LoadRun(Plans.closedLoop(server.url(), Duration.ofSeconds(5)), "", Progress.NONE);
      ExecutorService other = Executors.newSingleThreadExecutor();
      try {
        Future<Measurement> running = other.submit(run::run);
        assertThat(served.await(60, TimeUnit.SECONDS)).isTrue();
        server.stop();
        Counts all = running.get(30, TimeUnit.SECONDS).all();
        assertThat(all.failures(Failure.NOT_CONNECTED)).isBetween(1L, 4L * 500);
        assertThat(all.failures())
            .isEqualTo(all.failures(Failure.NOT_CONNECTED) + all.failures(Failure.BROKEN));
      } finally {
        other.shutdownNow();
      }
    }
  }

  @Test
  void stopEndsARunAndKeepsWhatWasMeasured() throws Exception {
    CountDownLatch served = new CountDownLatch(100);
    try (TargetServer server =
        new TargetServer(
            (number, request, response, callback) -> {
              TargetServer.write(response, callback, 503, "text/plain", "gone");
              served.countDown();
            })) {
      LoadRun run =
          new LoadRun(Plans.openLoop(server.url(), 100, Duration.ofHours(1)), "", Progress.NONE);
      ExecutorService other = Executors.newSingleThreadExecutor();
      try {
        Future<Measurement> running = other.submit(run::run);
        assertThat(served.await(60, TimeUnit.SECONDS)).isTrue();
        run.stop();
        Measurement measured = running.get(30, TimeUnit.SECONDS);
        assertThat(measured.all().requests()).isEqualTo(server.requests() - 1);
        assertThat(measured.seconds()).isGreaterThan(0.9).isLessThan(3_600);
        assertThat(run.notes()).singleElement().asString().startsWith("ended early");
      } finally {
        other.shutdownNow();
      }
    }
  }

  @Tag("slow")
  @Test
  void requestThatCouldNotBeSentInTimeIsAnErrorWhoseWaitingCounts() throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    try (TargetServer server =
        new TargetServer(
            (number, request, response, callback) -> {
              if (number == 1) {
                TargetServer.write(response, callback, 503, "text/plain", "gone");
              } else {
                never.await();
              }
            })) {
      int due = OpenLoop.MOST_UNDER_WAY + 500;
      Measurement measured =
          Plans.run(
              Plans.openLoop(server.url(), due, Duration.ofSeconds(1), Duration.ofSeconds(4)));
      assertThat(measured.all().requests()).isEqualTo(due);
      assertThat(measured.all().failures(Failure.NOT_SENT)).isGreaterThanOrEqualTo(500);
      assertThat(measured.all().failures()).isEqualTo(due);
      assertThat(measured.all().latencies().getTotalCount()).isEqualTo(due);
      never.countDown();
    }
  }

  @Test
  void http2GoesOverTheConnectionsThatAreAllowed() throws Exception {
    Set<String> connections = ConcurrentHashMap.newKeySet();
    Set<String> versions = ConcurrentHashMap.newKeySet();
    try (TargetServer server =
        new TargetServer(
            (number, request, response, callback) -> {
              connections.add(request.getConnectionMetaData().getRemoteSocketAddress().toString());
              versions.add(request.getConnectionMetaData().getHttpVersion().asString());
              TargetServer.write(response, callback, 503, "text/plain", "gone");
            })) {
      Measurement measured = Plans.run(Plans.http2(server.url()));
      assertThat(measured.all().requests()).isEqualTo(server.requests() - 1).isPositive();
      assertThat(measured.all().failures()).isZero();
      assertThat(versions).containsExactly("HTTP/2.0");
      assertThat(connections).hasSizeBetween(1, 2);
    }
  }

  @Test
  void targetThatIsNotThereIsSaidAtOnce() throws Exception {
    TargetServer server = TargetServer.answering(503, "text/plain", "gone");
    String url = server.url();
    server.stop();
    assertThatThrownBy(() -> Plans.run(Plans.closedLoop(url)))
        .isInstanceOf(LoadException.class)
        .hasMessageContaining("no answer from " + url)
        .hasMessageContaining("refused");
  }
}
