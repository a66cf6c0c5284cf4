package dev.intermission.gateway.docs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.intermission.gate.Wire;
import dev.intermission.gateway.RunningGateway;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The files of the page, and that there are no others. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DocsPageTest {

  private final RunningGateway gateway;

  DocsPageTest(@TempDir Path data) throws Exception {
    gateway = RunningGateway.start(RunningGateway.config(data));
  }

  @AfterAll
  void stop() {
    gateway.close();
  }

  private Wire.Reply send(String method, String path, String... lines) throws IOException {
    return Wire.exchange(gateway.adminPort(), Wire.request(method, path, lines));
  }

  private static void assertSecured(Wire.Reply reply) {
    assertThat(reply.field("Content-Security-Policy"))
        .startsWith("default-src 'none';")
        .endsWith("frame-ancestors 'none'")
        .doesNotContain("unsafe");
    assertThat(reply.field("X-Content-Type-Options")).isEqualTo("nosniff");
    assertThat(reply.field("Referrer-Policy")).isEqualTo("no-referrer");
    assertThat(reply.field("Cache-Control")).isEqualTo("no-cache");
  }

  @ParameterizedTest
  @CsvSource({
    "'', text/html;charset=utf-8, <title>Intermission management API</title>",
    "start.js, text/javascript;charset=utf-8, ../openapi.json",
    "swagger-ui.css, text/css;charset=utf-8, .swagger-ui",
    "swagger-ui-bundle.js, text/javascript;charset=utf-8, SwaggerUIBundle",
    "favicon-32x32.png, image/png, PNG"
  })
  void eachFileIsSentWithoutAToken(String name, String type, String content) throws Exception {
    Wire.Reply reply = send("GET", "/apiops/docs/" + name);
    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.field("Content-Type")).isEqualTo(type);
    assertThat(new String(reply.body(), UTF_8)).contains(content);
    assertSecured(reply);

    Wire.Reply head = send("HEAD", "/apiops/docs/" + name);
    assertThat(head.status()).isEqualTo(200);
    assertThat(head.field("Content-Length")).isEqualTo(String.valueOf(reply.body().length));
    assertSecured(head);

    Wire.Reply again =
        send("GET", "/apiops/docs/" + name, "If-None-Match: \"x\", " + reply.field("ETag"));
    assertThat(again.status()).isEqualTo(304);
    assertSecured(again);
  }

  @Test
  void pathWithoutTheLastSlashLeadsThere() throws Exception {
    Wire.Reply reply = send("GET", "/apiops/docs");
    assertThat(reply.status()).isEqualTo(301);
    assertThat(reply.field("Location")).isEqualTo("docs/");
    assertSecured(reply);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "index.html",
        "swagger-ui.js",
        "swagger-initializer.js",
        "oauth2-redirect.html",
        "x/",
        "/",
        "..%2fdocs/start.js",
        "%2e%2e/%2e%2e/logback.xml",
        "..%5clogback.xml",
        "start.js/",
        "START.JS",
        "../logback.xml",
        "../../META-INF/maven/org.webjars/swagger-ui/pom.properties"
      })
  void nothingElseIsThere(String name) throws Exception {
    Wire.Reply reply = send("GET", "/apiops/docs/" + name);
    assertThat(reply.status()).isIn(400, 404);
    assertThat(reply.field("Content-Type")).isEqualTo("application/json;charset=UTF-8");
    assertThat(new String(reply.body(), UTF_8)).startsWith("{\"status\":\"FAILURE\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"})
  void otherMethodIsNotAllowed(String method) throws Exception {
    for (String path : new String[] {"/apiops/docs", "/apiops/docs/", "/apiops/docs/start.js"}) {
      Wire.Reply reply = send(method, path);
      assertThat(reply.status()).isEqualTo(405);
      assertThat(reply.field("Allow")).isEqualTo("GET, HEAD");
    }
  }

  @Test
  void portOfClientsHasNoSuchPage() throws Exception {
    assertThat(Wire.get(gateway.trafficPort(), "/apiops/docs/").status()).isEqualTo(404);
    assertThat(Wire.get(gateway.trafficPort(), "/apiops/openapi.yaml").status()).isEqualTo(404);
  }
}
