package dev.intermission.gateway;

import static dev.intermission.gateway.RunningGateway.ADMIN_TOKEN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.intermission.api.ProxyId;
import dev.intermission.gateway.config.GatewayConfig;
import dev.intermission.gateway.config.MetricsAccess;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a running gateway tells Prometheus. */
class MetricsTest {

  private static final ProxyId ORDERS = new ProxyId("MyProject", "orders");

  private final Path folder;

  MetricsTest(@TempDir Path folder) {
    this.folder = folder;
  }

  private GatewayConfig config() {
    return RunningGateway.config(
        folder,
        RunningGateway.proxy("orders", "/orders", "http://127.0.0.1:1"),
        RunningGateway.proxy("open", "/open", "http://127.0.0.1:1"));
  }

  private static List<String> scraped(RunningGateway gateway) throws Exception {
    HttpResponse<String> answer = gateway.metrics(null);
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Content-Type"))
        .contains("application/openmetrics-text; version=1.0.0; charset=utf-8");
    assertThat(answer.body()).endsWith("# EOF\n");
    return Arrays.asList(answer.body().split("\n", -1));
  }

  @Test
  void scrapeTellsWhatIsClosedAndWhatBecameOfRequests() throws Exception {
    try (RunningGateway gateway = RunningGateway.start(config())) {
      assertThat(
              gateway
                  .patch(
                      ORDERS,
                      "{\"enabled\":true,\"httpStatusCode\":503,\"message\":\"closed\",\"deploy\":true,\"deployTargetEnvironmentNameList\":[\"production\"]}")
                  .statusCode())
          .isEqualTo(200);
      assertThat(gateway.call("/orders/7").statusCode()).isEqualTo(503);
      assertThat(gateway.call("/orders").statusCode()).isEqualTo(503);
      assertThat(gateway.call("/open/7").statusCode()).isEqualTo(502);
      assertThat(gateway.call("/nowhere").statusCode()).isEqualTo(404);

      List<String> lines = scraped(gateway);

      assertThat(lines)
          .contains(
              "intermission_gate_answers_total{environment=\"production\",project=\"MyProject\",proxy=\"orders\"} 2.0",
              "intermission_proxies_closed{environment=\"production\"} 1.0",
              "intermission_proxy_in_flight{environment=\"production\",passed=\"open\",project=\"MyProject\",proxy=\"orders\"} 0.0",
              "intermission_nodes{environment=\"production\",state=\"live\"} 1.0",
              "intermission_nodes{environment=\"production\",state=\"behind\"} 0.0",
              "intermission_proxies_redeploy_required{environment=\"production\"} 0.0",
              "intermission_store_up 1.0",
              "http_server_request_duration_seconds_count{http_request_method=\"GET\",http_response_status_code=\"502\",http_route=\"/open\"} 1",
              "http_server_request_duration_seconds_count{http_request_method=\"GET\",http_response_status_code=\"404\",http_route=\"\"} 1");
      assertThat(lines)
          .anyMatch(
              line ->
                  line.startsWith(
                      "intermission_proxy_closed_since_seconds{environment=\"production\",project=\"MyProject\",proxy=\"orders\"} "))
          .anyMatch(line -> line.startsWith("intermission_snapshot_age_seconds{"))
          .anyMatch(line -> line.startsWith("intermission_deployment_propagation_seconds_count 1"))
          .anyMatch(
              line -> line.startsWith("intermission_store_seconds_count{operation=\"read\"} "))
          .anyMatch(line -> line.startsWith("intermission_upstream_connections{state=\"idle\"} "))
          .anyMatch(line -> line.startsWith("jvm_memory_used_bytes{"))
          .anyMatch(line -> line.startsWith("process_uptime_seconds "))
          .noneMatch(line -> line.startsWith("intermission_proxy_past_end_seconds{"));
    }
  }

  @Test
  void scrapesAtTheSameTimeAreComplete() throws Exception {
    try (RunningGateway gateway = RunningGateway.start(config())) {
      gateway.patch(
          ORDERS,
          "{\"enabled\":true,\"httpStatusCode\":503,\"deploy\":true,\"deployTargetEnvironmentNameList\":[\"production\"]}");
      ExecutorService scrapers = Executors.newFixedThreadPool(4);
      try {
        List<Callable<List<String>>> scrapes = Collections.nCopies(60, () -> scraped(gateway));
        for (Future<List<String>> lines : scrapers.invokeAll(scrapes)) {
          assertThat(lines.get())
              .anyMatch(line -> line.startsWith("intermission_proxy_closed_since_seconds{"))
              .anyMatch(
                  line ->
                      line.startsWith(
                          "intermission_nodes{environment=\"production\",state=\"behind\"}"));
        }
      } finally {
        scrapers.shutdownNow();
      }
    }
  }

  @Test
  void apiPastItsAnnouncedEndIsTold() throws Exception {
    try (RunningGateway gateway = RunningGateway.start(config())) {
      assertThat(
              gateway
                  .patch(
                      ORDERS,
                      """
                      {"enabled":true,"httpStatusCode":503,"endsAt":"%s","deploy":true,\
                      "deployTargetEnvironmentNameList":["production"]}"""
                          .formatted(Instant.now().plusSeconds(2)))
                  .statusCode())
          .isEqualTo(200);

      await()
          .untilAsserted(
              () ->
                  assertThat(scraped(gateway))
                      .anyMatch(
                          line ->
                              line.startsWith(
                                  "intermission_proxy_past_end_seconds{environment=\"production\",project=\"MyProject\",proxy=\"orders\"} ")));
    }
  }

  @Test
  void withTokenOnlyUsersRead() throws Exception {
    try (RunningGateway gateway =
        RunningGateway.start(RunningGateway.measured(MetricsAccess.TOKEN, config()))) {
      assertThat(gateway.metrics(null).statusCode()).isEqualTo(401);
      assertThat(gateway.metrics("no-such-token").statusCode()).isEqualTo(401);
      assertThat(gateway.metrics(ADMIN_TOKEN).statusCode()).isEqualTo(200);
    }
  }

  @Test
  void switchedOffThereIsNoPage() throws Exception {
    try (RunningGateway gateway =
        RunningGateway.start(RunningGateway.measured(MetricsAccess.OFF, config()))) {
      assertThat(gateway.metrics(null).statusCode()).isEqualTo(404);
    }
  }
}
