package dev.intermission.gateway.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.intermission.gate.Wire;
import dev.intermission.gateway.SmallDisk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A disk that fills up under the started gateway. */
class FullDiskTest {

  private static final int ENOUGH_FOR_ANY_DISK = 1_000;

  private final Path disk;

  FullDiskTest(@TempDir Path disk) {
    this.disk = disk;
  }

  private static String close(int number) {
    return DemoTest.CLOSE.replace("Back at six", number + " ".repeat(10_000));
  }

  /** Returns all that an operator can see of MyAPI. */
  private static String state(Operator operator) throws IOException {
    return operator.get(Operator.MODE).field("ETag")
        + operator.result(Operator.MODE)
        + operator.result(Operator.MY_API)
        + operator.result(Operator.PRODUCTION + "deploy-status/");
  }

  private static void assertUnavailable(Wire.Reply reply) {
    Envelope.assertRefused(
        reply,
        503,
        "temporarily_unavailable",
        "The store can not be reached or can not write now; nothing was saved",
        "Retry-After: 5");
  }

  @Test
  void changesAreRefusedAndClientsNoticeNothing() throws Exception {
    try (SmallDisk mounted = new SmallDisk(disk, "4m")) {
      assertThat(mounted).isNotNull();
      try (DemoGateway gateway = new DemoGateway(disk.resolve("data"))) {
        Operator operator = gateway.as("operator");
        Path filler = disk.resolve("filler");
        SmallDisk.fill(filler);

        int saved = 0;
        String state = state(operator);
        Wire.Reply reply = operator.patch(close(saved + 1));
        while (reply.status() == 200 && saved < ENOUGH_FOR_ANY_DISK) {
          saved++;
          state = state(operator);
          reply = operator.patch(close(saved + 1));
        }
        assertUnavailable(reply);
        assertThat(state(operator)).isEqualTo(state);
        assertUnavailable(operator.send("POST", Operator.PRODUCTION));
        assertUnavailable(operator.send("DELETE", Operator.PRODUCTION));
        assertThat(state(operator)).isEqualTo(state);

        Wire.Reply answer = gateway.get("/api/v1");
        if (saved == 0) {
          assertThat(answer.text()).startsWith("{\"upstream\":\"demo\"");
        } else {
          assertThat(answer.text().strip()).isEqualTo(String.valueOf(saved));
        }
        assertThat(gateway.get("/petstore").status()).isEqualTo(200);
        assertThat(Wire.get(gateway.adminPort(), "/readyz").status()).isEqualTo(200);

        Files.delete(filler);
        assertThat(Operator.text(operator.patch(close(saved + 1)))).isEqualTo(DemoTest.DEPLOYED);
        assertThat(gateway.get("/api/v1").text().strip()).isEqualTo(String.valueOf(saved + 1));
      }
    }
  }
}
