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

  private static Passage with(ServedSnapshot snapshot, String secret) {
    return snapshot
        .decide(null, "/api/x", TestHead.of("GET", BypassToken.HEADER + ": " + secret))
        .passage();
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
      assertThat(secrets).allMatch(secret -> with(snapshot, secret) == Passage.BYPASSED);
      for (int i = 0; i < 10_000; i++) {
        String other = secret(random);
        assertThat(with(snapshot, other)).as("seed %d: %s", seed, other).isEqualTo(Passage.CLOSED);
      }
      assertThat(with(snapshot, TokenHash.of(secrets.get(0)))).isEqualTo(Passage.CLOSED);
    }
  }

  @Test
  void gateThatKnowsNothingYetLetsNothingPass() {
    try (Gate gate = new Gate(GateOptions.FOR_FEED)) {
      assertThat(gate.current().hasBypassTokens()).isFalse();
      assertThat(with(gate.current(), "imb_x")).isEqualTo(Passage.CLOSED);
    }
  }
}
