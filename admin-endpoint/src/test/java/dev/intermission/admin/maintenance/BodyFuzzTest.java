package dev.intermission.admin.maintenance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.intermission.admin.AdminTest;
import dev.intermission.admin.Http;
import dev.intermission.admin.http.Body;
import dev.intermission.admin.http.Refusal;
import dev.intermission.api.InvalidSettingsException;
import dev.intermission.api.MaintenanceSettings;
import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Valid bodies, mutated at random: read or refused, never an error of ours. */
class BodyFuzzTest extends AdminTest {

  private static final List<String> VALID =
      List.of(
          "{\"enabled\":true,\"httpStatusCode\":503,\"contentType\":\"text/plain; charset=utf-8\",\"message\":\"Back at six\"}",
          "{\"message\":\"\\u00e9\\ud83d\\ude00\\n \u00fc\",\"deploy\":true,\"deployTargetEnvironmentNameList\":[\"idle\",\"idle\"]}",
          "{ \"httpStatusCode\" : 200 , \"enabled\" : null , \"deploy\" : false }",
          "{}");
  private static final List<String> PIECES =
      List.of(
          "{",
          "}",
          "[",
          "]",
          "\"",
          ",",
          ":",
          "null",
          "true",
          "5e2",
          "-0",
          "503.0",
          "1e999999999",
          "1099511627776",
          "\\ud800",
          "\\u0000",
          "\\",
          "/*",
          "enabled",
          "\"message\":",
          "\ufeff",
          "\u0000",
          "\ud83d\ude00",
          "text/plain; charset=utf-16",
          "charset=x",
          "[[[[",
          "9".repeat(1_100));

  private static byte[] mutated(Random random) {
    byte[] body = VALID.get(random.nextInt(VALID.size())).getBytes(UTF_8);
    for (int i = random.nextInt(4); i >= 0; i--) {
      int at = random.nextInt(body.length + 1);
      int cut = random.nextBoolean() ? 0 : Math.min(body.length - at, random.nextInt(12));
      ByteArrayOutputStream next = new ByteArrayOutputStream();
      next.write(body, 0, at);
      if (random.nextInt(3) == 0) {
        next.write(random.nextInt(256));
      } else {
        next.writeBytes(PIECES.get(random.nextInt(PIECES.size())).getBytes(UTF_8));
      }
      next.write(body, at + cut, body.length - at - cut);
      body = next.toByteArray();
    }
    return body;
  }

  @Test
  void anyMutationIsReadOrRefused() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    int read = 0;
    for (int i = 0; i < 20_000; i++) {
      byte[] bytes = mutated(random);
      try {
        Body body = new Body(bytes, List.of("application/json"));
        new MaintenanceBody(body.json(), random.nextBoolean(), 100, Instant.EPOCH)
            .applyTo(MaintenanceSettings.DEFAULT);
        read++;
      } catch (Refusal e) {
        assertThat(e.reply().status()).as("seed %d", seed).isEqualTo(400);
      } catch (InvalidSettingsException e) {
        assertThat(e.errors()).as("seed %d", seed).isNotEmpty();
      } catch (RuntimeException e) {
        throw new AssertionError("seed %d: %s".formatted(seed, new String(bytes, UTF_8)), e);
      }
    }
    assertThat(read).as("seed %d", seed).isBetween(1, 19_999);
  }

  @Test
  void anyMutationIsAnsweredOverTheWire() throws Exception {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int i = 0; i < 200; i++) {
      byte[] body = mutated(random);
      Http.Answer answer =
          send(
              Http.request("PATCH", MODE)
                  .token(server.token("operator"))
                  .with("Content-Type", "application/json")
                  .body(body));
      assertThat(answer.status()).as("seed %d: %s", seed, new String(body, UTF_8)).isIn(200, 400);
    }
  }
}
