package dev.intermission.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.intermission.api.BypassToken;
import dev.intermission.api.DeployedProxy;
import dev.intermission.api.ProxyParts;
import dev.intermission.api.TokenHash;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What bypass tokens do, whatever front is before the gate. What is behind it answers {@link
 * #REACHED} and the names of the token's fields that it sees, and lets caches keep that.
 */
public abstract class BypassBehaviour extends FrontSetup {

  /** The beginning of what is behind the front answers. */
  public static final String REACHED = "reached with ";

  /** What is behind the front says of caches. */
  public static final String CACHE_CONTROL = "public, max-age=60";

  private static final String SECRET = "imb_of-testers";
  private static final String SENT = "Intermission-Bypass: " + SECRET;
  private static final String UNSEEN = REACHED + "[]";

  private static DeployedProxy with(String secret, DeployedProxy proxy) {
    BypassToken token =
        new BypassToken(
            "7f",
            "for the testers",
            TokenHash.of(secret),
            "operator",
            Instant.parse("2026-07-01T09:00:00Z"),
            Instant.parse("2026-07-01T11:00:00Z"));
    return new DeployedProxy(proxy.proxy(), 1, proxy.settings(), new ProxyParts(List.of(token)));
  }

  @BeforeEach
  void serve() {
    gate.publish(
        Proxies.snapshot(
            1,
            with(SECRET, Proxies.closed("/api")),
            with("imb_other", Proxies.closed("/closed")),
            Proxies.open("/open")));
  }

  private Wire.Reply get(String target, String... lines) throws Exception {
    return Wire.get(server.port(), target, lines);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/api", "/api/x", "/%61pi/x", "/api/sync"})
  void requestWithATokenPassesAndNoCacheKeepsItsResponse(String target) throws Exception {
    Wire.Reply reply = get(target, SENT);
    assertThat(reply.text()).isEqualTo(UNSEEN);
    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.field("Cache-Control")).isEqualTo("no-store");
    assertThat(get(target, SENT.replace("Intermission-B", "INTERMISSION-b")).text())
        .isEqualTo(UNSEEN);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Intermission-Bypass: imb_other",
        "Intermission-Bypass:",
        "Intermission-Bypass: imb_of-tester",
        "Intermission-Bypass: imb_of-testers, imb_of-testers",
        "Intermission-Bypass: \u00e9",
        "Cookie: Intermission-Bypass=imb_of-testers",
        "X-Other: imb_of-testers"
      })
  void otherRequestsAreAnswered(String line) throws Exception {
    assertThat(get("/api/x?Intermission-Bypass=imb_of-testers", line).text()).isEqualTo("/api");
    assertThat(passed).hasValue(0);
  }

  @Test
  void tokenOpensNothingElse() throws Exception {
    assertThat(get("/closed", SENT).text()).isEqualTo("/closed");
    assertThat(get("/api%2f..%2fclosed", SENT).text()).isIn("/closed", "/api");
    assertThat(get("/api/..%2fclosed", SENT).text()).isIn("/closed", "/api");
    assertThat(passed).hasValue(0);
  }

  /** The refusal of a path is no closure, so no token opens it. */
  @ParameterizedTest
  @ValueSource(strings = {"/open", "/api"})
  void tokenDoesNotOpenARefusedPath(String target) throws Exception {
    assertThat(get(target + "/;".repeat(400), SENT).status()).isEqualTo(400);
    assertThat(passed).hasValue(0);
  }

  @Test
  void openApiDoesNotSeeATokenEither() throws Exception {
    assertThat(get("/open", SENT).text()).isEqualTo(UNSEEN);
    Wire.Reply wrong = get("/open", "Intermission-Bypass: wrong", "intermission-bypass: again");
    assertThat(wrong.text()).isEqualTo(UNSEEN);
    assertThat(wrong.field("Cache-Control")).isEqualTo(CACHE_CONTROL);
  }

  @Test
  void tokenExpiresByTheClockOfTheGate() throws Exception {
    clock.set("2026-07-01T10:59:59.999Z");
    assertThat(get("/api", SENT).text()).isEqualTo(UNSEEN);
    clock.set("2026-07-01T11:00:00Z");
    assertThat(get("/api", SENT).text()).isEqualTo("/api");
  }

  @Test
  void tokenThatIsGoneFromTheSnapshotOpensNothing() throws Exception {
    gate.publish(
        Proxies.snapshot(
            2, Proxies.closed("/api"), Proxies.closed("/closed"), Proxies.open("/open")));
    assertThat(get("/api", SENT).text()).isEqualTo("/api");
    assertThat(gate.current().hasBypassTokens()).isFalse();
    gate.publish(Proxies.snapshot(3, with(SECRET, Proxies.closed("/api"))));
    assertThat(get("/api", SENT).text()).isEqualTo(UNSEEN);
  }
}
