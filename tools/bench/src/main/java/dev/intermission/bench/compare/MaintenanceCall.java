package dev.intermission.bench.compare;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Locale;

/** Closes proxies of the project MyProject in production, by the documented PATCH. */
final class MaintenanceCall {

  private static final Duration WITHIN = Duration.ofSeconds(60);

  private final HttpClient client = HttpClient.newHttpClient();
  private final int adminPort;
  private final String token;

  MaintenanceCall(int adminPort, String token) {
    this.adminPort = adminPort;
    this.token = token;
  }

  /** Closes the proxy with this message and deploys that; returns the answer. */
  String send(String proxy, String message) throws InterruptedException {
    ObjectNode body = new JsonMapper().createObjectNode();
    body.put("enabled", true).put("httpStatusCode", 503).put("message", message);
    body.put("deploy", true).putArray("deployTargetEnvironmentNameList").add("production");
    URI call =
        URI.create(
            "http://127.0.0.1:"
                + adminPort
                + "/apiops/projects/MyProject/apiProxies/"
                + proxy
                + "/settings/maintenance-mode/");
    HttpRequest request =
        HttpRequest.newBuilder(call)
            .timeout(WITHIN)
            .header("Authorization", "Bearer " + token)
            .header("Content-Type", "application/json")
            .method("PATCH", HttpRequest.BodyPublishers.ofString(body.toString()))
            .build();
    try {
      HttpResponse<String> response = client.send(request, BodyHandlers.ofString());
      if (response.statusCode() != 200) {
        throw new CompareException(
            String.format(
                Locale.ROOT,
                "PATCH %s was answered %d: %s",
                call,
                response.statusCode(),
                response.body()));
      }
      return response.body();
    } catch (IOException e) {
      throw new CompareException("PATCH " + call + " failed: " + e, e);
    }
  }
}
