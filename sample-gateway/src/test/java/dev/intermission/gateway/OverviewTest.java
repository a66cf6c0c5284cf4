package dev.intermission.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.intermission.api.ProxyId;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The overview of a running gateway tells what its clients get. */
class OverviewTest {

  private static final String WHERE =
      "\"deploy\":true,\"deployTargetEnvironmentNameList\":[\"production\"]}";

  private static final Duration LONG = Duration.ofMinutes(2);

  private final Path folder;

  OverviewTest(@TempDir Path folder) {
    this.folder = folder;
  }

  private static JsonNode overview(RunningGateway gateway, String query) throws Exception {
    HttpResponse<String> answer =
        gateway.get("/apiops/maintenance/" + query, RunningGateway.ADMIN_TOKEN);
    assertThat(answer.statusCode()).isEqualTo(200);
    return new ObjectMapper().readTree(answer.body()).path("resultList");
  }

  private static List<String> closed(RunningGateway gateway) throws Exception {
    List<String> names = new ArrayList<>();
    overview(gateway, "?closed=true").forEach(line -> names.add(line.path("name").asText()));
    return names;
  }

  @Test
  void overviewTellsWhatClientsGet() throws Exception {
    try (RunningGateway gateway =
        RunningGateway.start(
            RunningGateway.config(
                folder,
                RunningGateway.proxy("orders", "/orders", "http://127.0.0.1:1"),
                RunningGateway.proxy("stock", "/stock", "http://127.0.0.1:1")))) {
      ProxyId orders = new ProxyId("MyProject", "orders");
      assertThat(overview(gateway, "")).hasSize(4);
      assertThat(closed(gateway)).isEmpty();

      gateway.patch(orders, "{\"enabled\":true,\"httpStatusCode\":503," + WHERE);

      assertThat(gateway.call("/orders").statusCode()).isEqualTo(503);
      assertThat(closed(gateway)).containsExactly("orders");
      JsonNode line = overview(gateway, "?closed=true").path(0);
      assertThat(line.path("environmentName").asText()).isEqualTo("production");
      assertThat(line.path("httpStatusCode").asInt()).isEqualTo(503);
      assertThat(line.path("username").asText()).isEqualTo("admin");
      assertThat(line.path("nodes").toString())
          .isEqualTo("{\"serving\":1,\"live\":1,\"behind\":0}");

      gateway.patch(orders, "{\"enabled\":false}");
      assertThat(closed(gateway)).containsExactly("orders");
      assertThat(overview(gateway, "?closed=true").path(0).path("redeployRequired").asBoolean())
          .isTrue();
      gateway.patch(orders, "{\"enabled\":false," + WHERE);
      assertThat(gateway.call("/orders").statusCode()).isEqualTo(502);
      assertThat(closed(gateway)).isEmpty();
    }
  }

  @Test
  void eventsTellWhatClientsGetAndEndWhenTheGatewayStops() throws Exception {
    List<String> lines = new CopyOnWriteArrayList<>();
    CompletableFuture<Void> end;
    try (RunningGateway gateway =
        RunningGateway.start(
            RunningGateway.config(
                folder, RunningGateway.proxy("orders", "/orders", "http://127.0.0.1:1")))) {
      HttpRequest request =
          HttpRequest.newBuilder(
                  URI.create(
                      "http://127.0.0.1:"
                          + gateway.adminPort()
                          + "/apiops/maintenance/events/?environment=production"))
              .header("Authorization", "Bearer " + RunningGateway.ADMIN_TOKEN)
              .build();
      Stream<String> body =
          HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofLines()).body();
      end = CompletableFuture.runAsync(() -> body.forEach(lines::add));
      await().atMost(LONG).until(() -> lines.contains("event: state"));

      gateway.patch(
          new ProxyId("MyProject", "orders"), "{\"enabled\":true,\"httpStatusCode\":503," + WHERE);
      assertThat(gateway.call("/orders").statusCode()).isEqualTo(503);
      await()
          .atMost(LONG)
          .until(
              () ->
                  lines.stream()
                      .anyMatch(
                          line ->
                              line.contains("\"closed\":true")
                                  && line.contains("{\"serving\":1,\"live\":1,\"behind\":0}")));
    }
    end.get(LONG.toSeconds(), TimeUnit.SECONDS);
    assertThat(lines.subList(lines.size() - 3, lines.size()))
        .containsExactly("event: end", "data: {\"reason\":\"STOPPING\"}", "");
  }
}
