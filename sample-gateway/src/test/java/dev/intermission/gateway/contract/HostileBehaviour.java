package dev.intermission.gateway.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.management.UnixOperatingSystemMXBean;
import dev.intermission.gate.Stillness;
import dev.intermission.gateway.LoggedErrors;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A client that sends what no client should, to the closed MyAPI and its open neighbour. */
abstract class HostileBehaviour extends DemoTest {

  private static final long SEED = 20261126;
  private static final int CLIENTS = 4;
  private static final int WARM_UP = 500;
  private static final int PATIENCE_MILLIS = 3_000;
  private static final long HEAP_NOISE = 32L << 20;
  private static final int THREAD_NOISE = 40;
  private static final int FILE_NOISE = 20;
  private static final long MAX_LOG_BYTES = 256 << 10;

  private final AtomicInteger unanswered = new AtomicInteger();

  HostileBehaviour(DemoGateway gateway) {
    super(gateway);
  }

  @BeforeEach
  void close() throws IOException {
    assertThat(Operator.text(operator.patch(CLOSE))).isEqualTo(DEPLOYED);
  }

  /** What of the process a client could use up. */
  private record Level(long heap, int threads, long files, long log) {

    static Level now(Path log) throws IOException {
      Stillness.awaitIt();
      return new Level(
          Stillness.usedHeap(),
          ManagementFactory.getThreadMXBean().getThreadCount(),
          openFiles(),
          Files.size(log));
    }

    static long openFiles() {
      return ((UnixOperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
          .getOpenFileDescriptorCount();
    }
  }

  @Test
  @Tag("slow")
  void shareOfTheHostileInputLeavesNothingBehind() throws Exception {
    send(1_500);
  }

  @Test
  @Tag("exhaustive")
  void allHostileInputLeavesNothingBehind() throws Exception {
    send(10_000);
  }

  private void send(int count) throws Exception {
    Path log = Files.createTempFile("hostile", ".log");
    PrintStream before = System.err;
    try (LoggedErrors errors = new LoggedErrors();
        PrintStream err =
            new PrintStream(Files.newOutputStream(log), true, StandardCharsets.UTF_8)) {
      System.setErr(err);
      send(SEED, WARM_UP);
      Level first = Level.now(log);
      send(SEED + 1, count);
      await().until(() -> Level.openFiles() < first.files() + FILE_NOISE);
      Level last = Level.now(log);
      String outcome =
          "seed %d, %d inputs, %d unanswered in %d ms: %s, then %s"
              .formatted(SEED, count, unanswered.get(), PATIENCE_MILLIS, first, last);
      before.println(outcome);
      assertThat(last.heap()).as(outcome).isLessThan(first.heap() + HEAP_NOISE);
      assertThat(last.threads()).as(outcome).isLessThan(first.threads() + THREAD_NOISE);
      assertThat(last.log()).as(outcome).isLessThan(MAX_LOG_BYTES);
      assertThat(gateway.backendCalls("/api/v1")).isZero();
      assertThat(gateway.get("/api/v1/x").status()).isEqualTo(503);
      assertThat(gateway.get("/petstore/x").status()).isEqualTo(200);
      assertThat(errors.all()).isEmpty();
    } finally {
      System.setErr(before);
    }
    String written = Files.readString(log, StandardCharsets.UTF_8);
    assertThatLogIsVisible(written);
    Files.delete(log);
  }

  private static void assertThatLogIsVisible(String log) {
    assertThat(log.chars().filter(c -> c != '\n' && (c < ' ' || (c >= 0x7f && c < 0xa0))).toArray())
        .as(log)
        .isEmpty();
    assertThat(log).doesNotContain("\u2028");
  }

  private void send(long seed, int count) throws Exception {
    ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
    List<Future<?>> sent = new ArrayList<>();
    for (int client = 0; client < CLIENTS; client++) {
      HostileInput input = new HostileInput(seed * CLIENTS + client);
      sent.add(
          clients.submit(
              () -> {
                for (int i = 0; i < count / CLIENTS; i++) {
                  int port = i % 8 == 7 ? gateway.adminPort() : gateway.port();
                  exchange(port, i % 2 == 0 ? input.http1() : input.http2());
                }
                return null;
              }));
    }
    for (Future<?> client : sent) {
      client.get();
    }
    clients.shutdown();
  }

  private void exchange(int port, byte[] bytes) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(PATIENCE_MILLIS);
      socket.getOutputStream().write(bytes);
      socket.shutdownOutput();
      InputStream in = socket.getInputStream();
      while (in.read() >= 0) {
        in.skip(in.available());
      }
    } catch (SocketTimeoutException e) {
      unanswered.incrementAndGet();
    } catch (SocketException e) {
      // As it may be, in the middle of what is refused.
    }
  }
}
