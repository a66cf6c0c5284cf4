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

/** Closes and opens proxies of the project MyProject in production, by the documented PATCH. */
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
    ObjectNode settings = new JsonMapper().createObjectNode();
    return deploy(
        proxy, settings.put("enabled", true).put("httpStatusCode", 503).put("message", message));
  }

  /** Opens the proxy, and deploys that. */
  void open(String proxy) throws InterruptedException {
    String answer = deploy(proxy, new JsonMapper().createObjectNode().put("enabled", false));
    if (answer.isEmpty()) {
      throw new CompareException("the PATCH has an empty answer");
    }
  }

  private String deploy(String proxy, ObjectNode body) throws InterruptedException {
    body.put("deploy", true).putArray("deployTargetEnvironmentNameList").add("production");
    return call("PATCH", proxy + "/settings/maintenance-mode/", body.toString());
  }

  /** Waits until the proxy is drained, by the route health. */
  void awaitDrained(String proxy) throws InterruptedException {
    String health = "";
    while (!health.contains("\"drained\":true")) {
      health = call("GET", proxy + "/environments/production/route-health/?waitDrained=25", "");
    }
  }

  private String call(String method, String path, String body) throws InterruptedException {
    URI call =
        URI.create(
            "http://127.0.0.1:" + adminPort + "/apiops/projects/MyProject/apiProxies/" + path);
    HttpRequest request =
        HttpRequest.newBuilder(call)
            .timeout(WITHIN)
            .header("Authorization", "Bearer " + token)
            .header("Content-Type", "application/json")
            .method(method, HttpRequest.BodyPublishers.ofString(body))
            .build();
    try {
      HttpResponse<String> response = client.send(request, BodyHandlers.ofString());
      if (response.statusCode() != 200) {
        throw new CompareException(
            String.format(
                Locale.ROOT,
                "%s %s was answered %d: %s",
                method,
                call,
                response.statusCode(),
                response.body()));
      }
      return response.body();
    } catch (IOException e) {
      throw new CompareException(method + " " + call + " failed: " + e, e);
    }
  }
}
