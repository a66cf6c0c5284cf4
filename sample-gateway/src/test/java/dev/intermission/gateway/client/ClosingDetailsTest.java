package dev.intermission.gateway.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.intermission.api.ProxyId;
import dev.intermission.gateway.RunningGateway;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The type of a message for several APIs, and what is said of requests that still pass. */
class ClosingDetailsTest {

  private final RunningGateway gateway;

  ClosingDetailsTest(@TempDir Path folder) throws Exception {
    gateway =
        RunningGateway.start(
            RunningGateway.config(
                folder.resolve("data"),
                RunningGateway.proxy("orders", "/orders", "http://127.0.0.1:1"),
                RunningGateway.proxy("stock", "/stock", "http://127.0.0.1:1")));
  }

  @AfterEach
  void stop() {
    gateway.close();
  }

  private Typed type(String... words) {
    String[] all = Arrays.copyOf(words, words.length + 2);
    all[words.length] = "--url";
    all[words.length + 1] = "http://127.0.0.1:" + gateway.adminPort();
    return Typed.with(Map.of("INTERMISSION_TOKEN", RunningGateway.ADMIN_TOKEN), all);
  }

  private Typed ok(String... words) {
    Typed typed = type(words);
    assertThat(typed.code()).as(typed.out() + typed.err()).isZero();
    return typed;
  }

  private void configure(String name, String type) throws Exception {
    HttpResponse<String> answer =
        gateway.patch(
            new ProxyId("MyProject", name),
            "{\"contentType\":\"" + type + "\",\"message\":\"<p>Closed</p>\"}");
    assertThat(answer.statusCode()).isEqualTo(200);
  }

  private void assertSent(String path, String type, String body) throws Exception {
    HttpResponse<String> answer = gateway.call(path);
    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(answer.headers().firstValue("Content-Type")).hasValue(type);
    assertThat(answer.body()).isEqualTo(body);
  }

  @Test
  void messageForSeveralThatSendJsonIsPlainText() throws Exception {
    Typed closed = ok("close", "orders", "stock", "--yes", "--message", "Back soon");
    assertThat(closed.err()).contains("The message is no JSON, so it is sent as text/plain");
    assertSent("/orders", "text/plain; charset=utf-8", "Back soon");
    assertSent("/stock", "text/plain; charset=utf-8", "Back soon");
  }

  @Test
  void messageForSeveralOfAnotherTypeKeepsTheirTypes() throws Exception {
    configure("orders", "text/html");
    configure("stock", "text/html; charset=utf-8");
    ok("close", "orders", "stock", "--yes", "--message", "<p>Soon</p>");
    assertSent("/orders", "text/html", "<p>Soon</p>");
    assertSent("/stock", "text/html; charset=utf-8", "<p>Soon</p>");
  }

  @Test
  void messageForJsonAndOtherTypesNeedsAType() throws Exception {
    configure("orders", "text/html");
    Typed refused = type("close", "orders", "stock", "--yes", "--message", "Back soon");
    assertThat(refused.code()).isEqualTo(1);
    assertThat(refused.err())
        .contains("Give the --type for all of them. JSON send: MyProject/stock");
    assertThat(gateway.call("/orders").statusCode()).isEqualTo(502);

    ok("close", "orders", "stock", "--yes", "--message", "{\"back\":\"soon\"}");
    assertSent("/orders", "text/html", "{\"back\":\"soon\"}");
    ok("close", "orders", "stock", "--yes", "--message", "Soon", "--type", "text/markdown");
    assertSent("/stock", "text/markdown", "Soon");
  }

  @Test
  void requestsThatStillPassAreTold() throws Exception {
    assertThat(ok("close", "orders").out())
        .contains("is closed in production with 503.\n")
        .doesNotContain("still pass");
    assertThat(ok("close", "orders", "--let-in", "10%").out())
        .contains("with 503. Requests that still pass: those of 10% of the clients.\n");
    assertThat(ok("close", "orders", "stock", "--yes", "--methods", "writes").out())
        .contains(
            "MyProject/orders is closed in production with 503. Requests that still pass: those of 10% of the clients; those with other methods than POST, PUT, PATCH, DELETE.\n")
        .contains(
            "MyProject/stock is closed in production with 503. Requests that still pass: those with other methods than POST, PUT, PATCH, DELETE.\n");
    gateway.patch(
        new ProxyId("MyProject", "orders"),
        "{\"closedMethods\":[],\"admitPercent\":0,\"openPaths\":[\"/health\"],\"openToAddresses\":[\"192.0.2.0/24\"]}");
    assertThat(ok("close", "orders", "--at", "2100-07-01 02:00").out())
        .contains(
            ". Requests that still pass: those to the open paths /health; those from 192.0.2.0/24.\n");
  }
}
