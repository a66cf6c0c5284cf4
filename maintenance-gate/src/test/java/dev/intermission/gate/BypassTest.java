package dev.intermission.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.intermission.api.BypassToken;
import dev.intermission.api.DeployedProxy;
import dev.intermission.api.ProxyParts;
import dev.intermission.api.TokenHash;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Which tokens open a closed proxy. */
class BypassTest {

  private static final String ALPHABET =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

  private static String secret(Random random) {
    StringBuilder secret = new StringBuilder("imb_");
    random.ints(43, 0, ALPHABET.length()).forEach(i -> secret.append(ALPHABET.charAt(i)));
    return secret.toString();
  }

  @Test
  void noneOfTenThousandOthersOpensAndEachOfAHundredDoes() {
    long seed = 15;
    Random random = new Random(seed);
    List<String> secrets = IntStream.range(0, 100).mapToObj(i -> secret(random)).toList();
    Instant made = Instant.parse("2026-07-01T10:00:00Z");
    List<BypassToken> tokens =
        secrets.stream()
            .map(
                secret ->
                    new BypassToken(
                        "id", "", TokenHash.of(secret), "operator", made, made.plusSeconds(60)))
            .toList();
    DeployedProxy closed = Proxies.closed("/api");
    try (Gate gate = new Gate(GateOptions.DEFAULTS, new SetClock("2026-07-01T10:00:59Z"))) {
      gate.publish(
          Proxies.snapshot(
              1, new DeployedProxy(closed.proxy(), 1, closed.settings(), new ProxyParts(tokens))));
      ServedSnapshot snapshot = gate.current();
      assertThat(secrets).allMatch(secret -> snapshot.isBypassed(null, "/api/x", secret));
      for (int i = 0; i < 10_000; i++) {
        String other = secret(random);
        assertThat(snapshot.isBypassed(null, "/api/x", other))
            .as("seed %d: %s", seed, other)
            .isFalse();
      }
      assertThat(snapshot.isBypassed(null, "/api/x", TokenHash.of(secrets.get(0)))).isFalse();
    }
  }

  @Test
  void gateThatKnowsNothingYetLetsNothingPass() {
    try (Gate gate = new Gate(GateOptions.FOR_FEED)) {
      assertThat(gate.current().hasBypassTokens()).isFalse();
      assertThat(gate.current().isBypassed(null, "/api", "imb_x")).isFalse();
    }
  }
}
