package dev.intermission.gateway.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.intermission.gate.Wire;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What clients get while deployments swap what is in force. */
@Tag("slow")
class SwapUnderLoadTest extends DemoTest {

  private static final int CLIENTS = 8;
  private static final int VERSIONS = 1_000;
  private static final String OPEN =
      "{\"upstream\":\"demo\",\"method\":\"GET\",\"path\":\"/api/v1\"}\n";

  private final AtomicInteger deployed = new AtomicInteger();

  SwapUnderLoadTest(@TempDir Path data) throws Exception {
    super(data);
  }

  private static boolean enabled(int version) {
    return version % 10 != 0;
  }

  private static int status(int version) {
    return 500 + version % 100;
  }

  private void deploy(int version) throws IOException {
    Wire.Reply reply =
        operator.patch(
            """
            {"enabled": %s, "httpStatusCode": %d, "contentType": "text/plain; v=%d",
             "message": "message %d", "deploy": true,
             "deployTargetEnvironmentNameList": ["production"]}"""
                .formatted(enabled(version), status(version), version, version));
    assertThat(Operator.text(reply)).isEqualTo(DEPLOYED);
    deployed.set(version);
  }

  /** Reads until the last version is deployed, and returns how many answers of the gate it got. */
  private int read() throws IOException {
    int answers = 0;
    int last = 0;
    try (Wire wire = new Wire(gateway.port())) {
      while (deployed.get() < VERSIONS) {
        int atLeast = deployed.get();
        wire.send(Wire.request("GET", "/api/v1"));
        Wire.Reply reply = wire.read(false);
        if (reply.text().equals(OPEN)) {
          assertThat(reply.status()).isEqualTo(200);
          assertThat(reply.field("Content-Type")).isEqualTo("application/json");
        } else {
          int version = Integer.parseInt(reply.text().substring("message ".length()));
          assertThat(reply.status()).isEqualTo(status(version));
          assertThat(reply.field("Content-Type")).isEqualTo("text/plain; v=" + version);
          assertThat(enabled(version)).isTrue();
          assertThat(version).isGreaterThanOrEqualTo(Math.max(last, atLeast));
          last = version;
          answers++;
        }
      }
    }
    return answers;
  }

  @Test
  void eachAnswerIsEntirelyOneVersionAndNoOlderThanWhatIsAcknowledged() throws Exception {
    deploy(1);
    ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
    try {
      List<Future<Integer>> reading = new ArrayList<>();
      for (int i = 0; i < CLIENTS; i++) {
        reading.add(clients.submit(this::read));
      }
      for (int version = 2; version <= VERSIONS; version++) {
        deploy(version);
      }
      int answers = 0;
      for (Future<Integer> each : reading) {
        answers += each.get();
      }
      assertThat(answers).isPositive();
      System.out.printf(
          Locale.ROOT, "%d answers of the gate while %d versions passed%n", answers, VERSIONS);
    } finally {
      deployed.set(VERSIONS);
      clients.shutdownNow();
    }
  }
}
