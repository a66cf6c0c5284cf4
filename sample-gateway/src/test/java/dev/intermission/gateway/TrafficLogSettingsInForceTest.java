package dev.intermission.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.intermission.gateway.config.LogConfig;
import dev.intermission.trafficlog.connection.LogConnection;
import dev.intermission.trafficlog.connection.LogTarget;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Log settings that are saved by the management API are what the records tell. */
class TrafficLogSettingsInForceTest {

  private static final Duration LONG = Duration.ofSeconds(60);
  private static final ObjectMapper JSON = new ObjectMapper();

  private static final String HASHED =
      """
      {"connectorSettingsMap": {"file": {"enabled": true, "enableMetrics": false,
        "privacyDefinitionList": [
          {"patternType": "ELEMENT_NAME", "elementName": "pin", "operation": "HASH"},
          {"patternType": "REGEX", "regexPattern": "secret-[0-9]+", "operation": "MASK"}]}}}
      """;

  @TempDir Path folder;

  private Path file() {
    return folder.resolve("access.jsonl");
  }

  private RunningGateway start() throws Exception {
    LogConnection connection =
        new LogConnection("file", Set.of(), new LogTarget.RollingFile(file(), 1, 1, 1));
    return RunningGateway.start(
        RunningGateway.logging(
            new LogConfig(LogConfig.OFF, List.of(connection)),
            RunningGateway.config(
                folder.resolve("data"), RunningGateway.proxy("A", "/a", "http://127.0.0.1:9"))));
  }

  private static HttpResponse<String> put(RunningGateway gateway, String body) throws Exception {
    URI uri =
        URI.create(
            "http://127.0.0.1:"
                + gateway.adminPort()
                + "/apiops/projects/MyProject/apiProxies/A/trafficLogSettings/production/");
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(uri)
                .header("Authorization", "Bearer " + RunningGateway.ADMIN_TOKEN)
                .header("Content-Type", "application/json")
                .PUT(HttpRequest.BodyPublishers.ofString(body))
                .build(),
            HttpResponse.BodyHandlers.ofString());
  }

  private static void request(RunningGateway gateway, String target) throws IOException {
    try (Peer client = Peer.connect(gateway.trafficPort())) {
      client.sendHead("GET " + target + " HTTP/1.1", "Host: g", "X-A: secret-1");
      assertThat(client.readHead().status()).isEqualTo(502);
    }
  }

  private List<String> lines() throws IOException {
    return Files.exists(file()) ? Files.readAllLines(file()) : List.of();
  }

  @Test
  void settingsTakeEffectAsTheyAreSavedAndHashesOutliveARestart() throws Exception {
    String first;
    try (RunningGateway gateway = start()) {
      request(gateway, "/a?pin=1");
      assertThat(put(gateway, HASHED).statusCode()).isEqualTo(200);
      await()
          .atMost(LONG)
          .until(
              () -> {
                request(gateway, "/a?pin=1");
                return !lines().isEmpty();
              });
      JsonNode record = JSON.readTree(lines().get(0));
      first = record.path("fcrp").asText();
      assertThat(first).matches("pin=[0-9a-f]{64}");
      assertThat(record.path("fcrh").asText()).isEqualTo("Host: g\nX-A: ***");
      assertThat(record.has("tapt")).isFalse();
      assertThat(record.has("fcrb")).isFalse();
      assertThat(
              put(gateway, "{\"connectorSettingsMap\": {\"file\": {\"enabled\": false}}}")
                  .statusCode())
          .isEqualTo(200);
      assertThat(put(gateway, HASHED.replace("secret-[0-9]+", "(")).body())
          .contains("is no regular expression of RE2");
      assertThat(put(gateway, HASHED).statusCode()).isEqualTo(200);
    }
    int before = lines().size();
    try (RunningGateway gateway = start()) {
      await()
          .atMost(LONG)
          .until(
              () -> {
                request(gateway, "/a?pin=1");
                return lines().size() > before;
              });
      assertThat(JSON.readTree(lines().get(before)).path("fcrp").asText()).isEqualTo(first);
    }
  }
}
