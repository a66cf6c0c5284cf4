package dev.intermission.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.intermission.api.AddressRange;
import dev.intermission.api.DeployedProxy;
import dev.intermission.api.Exemptions;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** What proxies with equal exemptions have together, and what they don't. */
class SharedExemptionsTest {

  private final SharedExemptions shared = new SharedExemptions();

  private static DeployedProxy with(DeployedProxy proxy, String openPath, int percent) {
    return new DeployedProxy(
        proxy.proxy(),
        1,
        proxy
            .settings()
            .withExemptions(
                new Exemptions(
                    List.of("POST"),
                    List.of(openPath),
                    List.of(AddressRange.parse("10.0.0.0/8")),
                    percent,
                    "X-Api-Key")));
  }

  private ProxyExemptions compiled(DeployedProxy proxy) {
    return Objects.requireNonNull(shared.of(proxy));
  }

  @Test
  void equalExemptionsAreOneObject() {
    assertThat(shared.of(with(Proxies.closed("/a"), "/health", 5)))
        .isSameAs(shared.of(with(Proxies.closed("/b"), "/health", 5)));
  }

  @Test
  void equalPartsOfDifferentExemptionsAreOneObject() {
    ProxyExemptions one = compiled(with(Proxies.closed("/a"), "/health", 5));
    ProxyExemptions other = compiled(with(Proxies.closed("/b"), "/ready", 5));
    assertThat(other).isNotSameAs(one);
    assertThat(other.openPaths()).isNotSameAs(one.openPaths());
    assertThat(other.methods()).isSameAs(one.methods());
    assertThat(other.addresses()).isSameAs(one.addresses());
    assertThat(other.share()).isSameAs(one.share());
  }

  @Test
  void anotherShareIsAnotherObject() {
    assertThat(compiled(with(Proxies.closed("/a"), "/health", 6)).share())
        .isNotSameAs(compiled(with(Proxies.closed("/a"), "/health", 5)).share());
  }

  @Test
  void sharedOpenPathsAreThoseBelowTheProxysOwnPaths() {
    try (Gate gate = new Gate(GateOptions.DEFAULTS)) {
      gate.publish(
          Proxies.snapshot(
              1,
              with(Proxies.closed("/a"), "/health", 0),
              with(Proxies.closed("/a/longer"), "/health", 0),
              with(Proxies.closed("/"), "/health", 0)));
      assertThat(
              List.of(
                  passage(gate, "/a/health"),
                  passage(gate, "/a/longer/health/x"),
                  passage(gate, "/health"),
                  passage(gate, "/other/health"),
                  passage(gate, "/a/longer/x"),
                  passage(gate, "/a/x/health"),
                  passage(gate, "/a")))
          .containsExactly(
              Passage.EXEMPT,
              Passage.EXEMPT,
              Passage.EXEMPT,
              Passage.CLOSED,
              Passage.CLOSED,
              Passage.CLOSED,
              Passage.CLOSED);
    }
  }

  private static Passage passage(Gate gate, String path) {
    return gate.current().decide(null, path, TestHead.of("POST")).passage();
  }
}
