package dev.intermission.gateway.docs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import dev.intermission.api.ProxyId;
import dev.intermission.gateway.RunningGateway;
import dev.intermission.gateway.backends.Program;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a page of another origin can read of a closed API, in a real browser. */
@Tag("slow")
class CorsInBrowserTest {

  private static final ProxyId MY_API = new ProxyId("MyProject", "MyAPI");
  private static final String SIMPLE = "method: 'GET'";
  private static final String PREFLIGHTED =
      "method: 'PUT', headers: {'Authorization': 'Bearer x', 'X-Correlation-Id': 'my-7'}";
  private static final String REFUSED = "TypeError: Failed to fetch";

  @TempDir private Path folder;

  @Test
  void pageReadsWhatItIsAllowed() throws Exception {
    Program.need("/usr/bin/chromium", "chromium");
    HttpServer pages = pages();
    try (RunningGateway gateway =
            RunningGateway.start(
                RunningGateway.config(
                    folder.resolve("data"),
                    RunningGateway.proxy("MyAPI", "/api", "http://127.0.0.1:1")));
        Chromium chromium = new Chromium(folder);
        Browser browser = new Browser(chromium.port())) {
      String allowed = "http://127.0.0.1:" + pages.getAddress().getPort();
      String other = "http://localhost:" + pages.getAddress().getPort();
      open(browser, allowed);

      close(gateway, "[]", false);
      assertThat(call(browser, gateway, SIMPLE, "omit")).isEqualTo(REFUSED);
      assertThat(call(browser, gateway, PREFLIGHTED, "omit")).isEqualTo(REFUSED);

      close(gateway, "[\"" + allowed + "\"]", false);
      assertThat(call(browser, gateway, SIMPLE, "omit")).isEqualTo("503 gone 120 null");
      assertThat(call(browser, gateway, PREFLIGHTED, "omit")).isEqualTo("503 gone 120 my-7");
      assertThat(call(browser, gateway, SIMPLE, "include")).isEqualTo(REFUSED);
      assertThat(call(browser, gateway, PREFLIGHTED, "include")).isEqualTo(REFUSED);

      close(gateway, "[\"" + allowed + "\"]", true);
      assertThat(call(browser, gateway, SIMPLE, "include")).isEqualTo("503 gone 120 null");
      assertThat(call(browser, gateway, PREFLIGHTED, "include")).isEqualTo("503 gone 120 my-7");

      open(browser, other);
      assertThat(call(browser, gateway, SIMPLE, "omit")).isEqualTo(REFUSED);
      assertThat(call(browser, gateway, PREFLIGHTED, "include")).isEqualTo(REFUSED);

      close(gateway, "[\"*\"]", false);
      assertThat(call(browser, gateway, PREFLIGHTED, "omit")).isEqualTo("503 gone 120 my-7");
      assertThat(call(browser, gateway, PREFLIGHTED, "include")).isEqualTo(REFUSED);
    } finally {
      pages.stop(0);
    }
  }

  private static HttpServer pages() throws Exception {
    HttpServer pages =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    pages.createContext(
        "/",
        exchange -> {
          byte[] page = "<!doctype html><title>page</title>".getBytes(UTF_8);
          exchange.getResponseHeaders().set("Content-Type", "text/html");
          exchange.sendResponseHeaders(200, page.length);
          exchange.getResponseBody().write(page);
          exchange.close();
        });
    pages.start();
    return pages;
  }

  private static void close(RunningGateway gateway, String origins, boolean credentials)
      throws Exception {
    String body =
        """
        {"enabled": true, "httpStatusCode": 503, "contentType": "text/plain", "message": "gone",
         "retryAfterSeconds": 120, "corsAllowedOrigins": %s, "corsAllowCredentials": %s,
         "deploy": true, "deployTargetEnvironmentNameList": ["production"]}
        """
            .formatted(origins, credentials);
    assertThat(gateway.patch(MY_API, body).statusCode()).isEqualTo(200);
  }

  private static void open(Browser browser, String origin) throws Exception {
    browser.send("Page.enable", Map.of());
    browser.send("Page.navigate", Map.of("url", origin + "/"));
    await()
        .atMost(Duration.ofMinutes(2))
        .until(
            () ->
                browser
                    .evaluate("location.origin + ' ' + document.title")
                    .asText()
                    .equals(origin + " page"));
  }

  /** Returns what the page reads of the answer, or how the browser refuses it. */
  private static String call(
      Browser browser, RunningGateway gateway, String request, String credentials)
      throws Exception {
    String call =
        """
        fetch('http://127.0.0.1:%d/api/x', {%s, credentials: '%s'}).then(
          async answer => [answer.status, await answer.text(), answer.headers.get('Retry-After'),
                           answer.headers.get('X-Correlation-Id') || 'null'].join(' '),
          String)
        """
            .formatted(gateway.trafficPort(), request, credentials);
    return browser
        .send(
            "Runtime.evaluate",
            Map.of("expression", call, "awaitPromise", true, "returnByValue", true))
        .at("/result/value")
        .asText();
  }
}
