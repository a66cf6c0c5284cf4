package dev.intermission.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.intermission.api.ApiProxy;
import dev.intermission.api.DeployedProxy;
import dev.intermission.api.Exemptions;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which paths of a closed proxy are open: never one that can be read as another one. */
class OpenPathsTest {

  private static final Gate GATE = new Gate(GateOptions.DEFAULTS);
  private static final TestHead GET = TestHead.of("GET");

  static {
    GATE.publish(
        Proxies.snapshot(
            1,
            with(Proxies.closed("/orders"), "/health", "/webhooks/stripe/", "/\u00fc"),
            with(Proxies.closed("/two"), "/open"),
            Proxies.closed("/orders/health/deep"),
            Proxies.closed("/closed"),
            Proxies.open("/open")));
  }

  @AfterAll
  static void close() {
    GATE.close();
  }

  private static DeployedProxy with(DeployedProxy proxy, String... open) {
    return new DeployedProxy(
        proxy.proxy(),
        1,
        proxy.settings().withExemptions(new Exemptions(List.of(), List.of(open), List.of())));
  }

  private static Passage passage(String path) {
    return GATE.current().decide(null, path, GET).passage();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/orders/health",
        "/orders/health/",
        "/orders/health/x/y",
        "//orders/health",
        "/orders/health//x",
        "/orders/./health",
        "/orders/x/../health",
        "/closed/../orders/health",
        "/orders/health/%61%2Fb%40c",
        "/orders/health/a;b=c",
        "/orders/health/x/../y",
        "/orders/webhooks/stripe",
        "/orders/webhooks/stripe/events",
        "/orders/%C3%BC/x",
        "/two/open"
      })
  void openPathAndAllBelowItPass(String path) {
    assertThat(passage(path)).isEqualTo(Passage.EXEMPT);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/orders",
        "/orders/",
        "/orders/healthy",
        "/orders/health.json",
        "/orders/HEALTH",
        "/orders/webhooks",
        "/orders/webhooks/stripes",
        "/orders/x/health",
        "/orders/health/../admin",
        "/orders/health/..",
        "/orders/health/deep",
        "/orders/health/deep/health",
        "/orders/health/..%2fadmin",
        "/orders/health/..%2Fadmin",
        "/orders/health/%2e%2e/admin",
        "/orders/health/%2e%2e%2fadmin",
        "/orders/health/..;/admin",
        "/orders/health/..;x=1/admin",
        "/orders/health/..%3b/admin",
        "/orders/health/..\\admin",
        "/orders/health\\..\\admin",
        "/orders/health/..%5cadmin",
        "/orders/health%5c..%5cadmin",
        "/orders/health/%252e%252e/admin",
        "/orders/health/..%252fadmin",
        "/orders/health/..%255cadmin",
        "/orders/health/..%c0%afadmin",
        "/orders/health/%c0%ae%c0%ae/admin",
        "/orders/health/%e0%80%ae%e0%80%ae/admin",
        "/orders/health/%u002e%u002e/admin",
        "/orders/health/.%ff./admin",
        "/orders/health/x/..%2f..%2fadmin",
        "/orders/health%2f..%2fadmin",
        "/orders/health/..",
        "/orders/health/..%2f",
        "/orders/health/..%00/x",
        "/orders/health;/../admin",
        "/orders//health",
        "/orders/health;b=c/x",
        "/orders/health/a\\b",
        "/orders/health/a%5cb",
        "/orders/health/a%255Cb",
        "/orders/health/x;y=1/..%5cz",
        "/orders/%68ealth",
        "/%6frders/health",
        "/%6frders/%68ealth/x",
        "/orders/x/../%68ealth",
        "/orders/;health",
        "/orders;/health/../x",
        "/orders/admin;/health",
        "/orders/admin%2fhealth",
        "/orders/admin%3fx/health",
        "/orders%2fhealth/..;%2fx",
        "/orders/heal%00th",
        "/orders%00/health",
        "/orders%3f/health",
        "/orders/%fc",
        "/orders/%25C3%25BC",
        "/two/health",
        "/two/open%2f..%2f..%2fclosed",
        "/orders/health%2f..%2f..%2ftwo/x",
        "/orders/health/..%2f..%2fclosed"
      })
  void noOtherSpellingPasses(String path) {
    assertThat(passage(path)).isEqualTo(Passage.CLOSED);
  }

  /** Read halfway, such a path is at neither of the open paths. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "/two/open/..%2f..%2forders%2fhealth",
        "/two/open/..%2f..%2forders%2fx",
        "/two/x/..%2f..%2forders%2fhealth",
        "/two/open/../../orders%2fhealth"
      })
  void pathThatMayLeadFromOneProxyToAnotherIsClosed(String path) {
    assertThat(passage(path)).isEqualTo(Passage.CLOSED);
  }

  @Test
  void openPathsAreRelativeToTheLongestPathOfTheProxy() {
    ApiProxy one = Proxies.proxy("/api", List.of());
    ApiProxy proxy =
        new ApiProxy(
            one.id(),
            "",
            "REST",
            List.of("/api", "/api/v1", "/api/health/own", "/"),
            List.of(),
            one.routing(),
            List.of(),
            "PRIVATE",
            false);
    try (Gate gate = new Gate(GateOptions.DEFAULTS)) {
      gate.publish(
          Proxies.snapshot(
              1,
              with(
                  new DeployedProxy(proxy, 1, Proxies.closed("/api").settings()),
                  "/health",
                  "/v1/x",
                  "/api/y")));
      for (String open :
          List.of("/api/health", "/api/v1/health/z", "/health/x", "/api/v1/v1/x", "/api/api/y")) {
        assertThat(gate.current().decide(null, open, GET).passage())
            .as(open)
            .isEqualTo(Passage.EXEMPT);
      }
      for (String closed :
          List.of("/api/v1/x", "/api/health/own", "/api/health/own/x", "/api/y", "/", "/api")) {
        assertThat(gate.current().decide(null, closed, GET).passage())
            .as(closed)
            .isEqualTo(Passage.CLOSED);
      }
    }
  }

  @Test
  void answerOfTheClosedReadingIsSent() {
    Decision decision = GATE.current().decide(null, "/orders/health/..%2f..%2fclosed", GET);
    assertThat(decision.answer()).isSameAs(GATE.current().answer(null, "/closed"));
  }
}
