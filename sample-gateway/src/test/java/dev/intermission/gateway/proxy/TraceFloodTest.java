package dev.intermission.gateway.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.intermission.api.ProxyParts;
import dev.intermission.api.trace.TraceReport;
import dev.intermission.gateway.Peer;
import dev.intermission.gateway.Peer.Head;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** More requests than are recorded, while no admin node takes the records. */
class TraceFloodTest extends TraceFixture {

  private static final int CLIENTS = 4;
  private static final int EACH = 500;
  private static final int BODY = 20_000;

  private volatile boolean isReachable;

  /** Is enough for two of the requests here. */
  @Override
  long mostBytes() {
    return 3 * BODY;
  }

  @Override
  void receive(TraceReport report) {
    if (!isReachable) {
      throw new UncheckedIOException(new IOException("no admin node"));
    }
    super.receive(report);
  }

  private int flood() throws Exception {
    String body = "x".repeat(BODY);
    try (Peer client = client()) {
      for (int i = 0; i < EACH; i++) {
        client.sendHead("POST /api HTTP/1.1", "Host: g", "Content-Length: " + BODY).send(body);
        Head head = client.readHead();
        assertThat(head.status()).isEqualTo(503);
        assertThat(client.readBody(head)).isEqualTo("Back at six");
      }
    }
    return EACH;
  }

  @Test
  void eachRequestIsRecordedOrCounted() throws Exception {
    serve(false, traced(ProxyParts.NONE));
    ExecutorService pool = Executors.newFixedThreadPool(CLIENTS);
    List<Future<Integer>> answered = new ArrayList<>();
    for (int i = 0; i < CLIENTS; i++) {
      answered.add(pool.submit(this::flood));
    }
    int requests = 0;
    for (Future<Integer> one : answered) {
      requests += one.get();
    }
    pool.shutdown();
    assertThat(reports).isEmpty();
    isReachable = true;
    int all = requests;
    await().atMost(LONG).until(() -> records().size() + dropped() == all);
    assertThat(records()).hasSizeBetween(1, mostRecords());
  }

  /** A record that waits has its own size beside that of the body, if it has any of it. */
  private int mostRecords() {
    return (int) (mostBytes() / 600);
  }
}
