package dev.intermission.gateway.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.intermission.gateway.RunningGateway;
import dev.intermission.gateway.backends.Program;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The page in a real browser, which enforces its policy. The pictures are in {@code target/docs}.
 */
@Tag("slow")
class DocsInBrowserTest {

  private static final String CHROMIUM = "/usr/bin/chromium";
  private static final String OPERATION =
      "#operations-ApiProxy-updateMaintenanceMode .opblock-summary-control";

  @TempDir private Path folder;

  @Test
  void showsTheOperationsAndAsksNobodyElse() throws Exception {
    Program.need(CHROMIUM, "chromium");
    try (RunningGateway gateway = RunningGateway.start(RunningGateway.config(folder));
        Chromium chromium = new Chromium(folder);
        Browser browser = new Browser(chromium.port())) {
      String server = "http://127.0.0.1:" + gateway.adminPort();
      open(browser, server + "/apiops/docs");

      assertThat(browser.evaluate("location.pathname").asText()).isEqualTo("/apiops/docs/");
      assertThat(browser.evaluate("document.querySelectorAll('.opblock').length").asInt())
          .isEqualTo(operations(gateway));
      picture(browser, "operations.png");
      browser.evaluate("document.querySelector('" + OPERATION + "').click()");
      await()
          .atMost(Duration.ofMinutes(1))
          .until(
              () ->
                  browser
                      .evaluate("document.querySelectorAll('.responses-table').length > 0")
                      .asBoolean());
      picture(browser, "operation.png");

      assertThat(requests(browser)).isNotEmpty().allMatch(url -> url.startsWith(server));
      assertThat(requests(browser)).contains(server + "/apiops/openapi.json");
      assertThat(complaints(browser)).isEmpty();
    }
  }

  private static int operations(RunningGateway gateway) throws Exception {
    return new JsonMapper()
        .readTree(gateway.probe("/apiops/openapi.json").body())
        .path("paths")
        .findValues("operationId")
        .size();
  }

  private static void open(Browser browser, String page) throws Exception {
    for (String domain : List.of("Page", "Network", "Log", "Runtime", "Audits")) {
      browser.send(domain + ".enable", Map.of());
    }
    browser.send("Page.navigate", Map.of("url", page));
    await()
        .atMost(Duration.ofMinutes(2))
        .until(
            () -> browser.evaluate("document.querySelectorAll('.opblock').length > 0").asBoolean());
  }

  /** Returns the URLs that were asked for; those with their data in them ask nobody. */
  private static List<String> requests(Browser browser) {
    return browser.events("Network.requestWillBeSent").stream()
        .map(event -> event.at("/request/url").asText())
        .filter(url -> !url.startsWith("data:"))
        .toList();
  }

  /** Returns what the browser blocked, could not load, or has in its console as an error. */
  private static List<JsonNode> complaints(Browser browser) {
    return Stream.of(
            browser.events("Log.entryAdded"),
            browser.events("Runtime.exceptionThrown"),
            browser.events("Runtime.consoleAPICalled").stream()
                .filter(event -> event.path("type").asText().matches("error|warning|assert"))
                .toList(),
            browser.events("Audits.issueAdded").stream()
                .filter(
                    event ->
                        event
                            .at("/issue/code")
                            .asText()
                            .matches("ContentSecurityPolicyIssue|MixedContentIssue"))
                .toList(),
            browser.events("Network.loadingFailed"))
        .flatMap(List::stream)
        .toList();
  }

  private static void picture(Browser browser, String name) throws Exception {
    JsonNode shot =
        browser.send(
            "Page.captureScreenshot", Map.of("format", "png", "captureBeyondViewport", true));
    Path file = Path.of("target", "docs", name);
    Files.createDirectories(file.getParent());
    Files.write(file, Base64.getDecoder().decode(shot.path("data").asText()));
    assertThat(file).isNotEmptyFile();
  }
}
