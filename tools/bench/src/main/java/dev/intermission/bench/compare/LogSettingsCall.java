package dev.intermission.bench.compare;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** Saves the log settings of the proxy that is measured, by the documented PUT. */
final class LogSettingsCall {

  private static final Duration WITHIN = Duration.ofSeconds(60);

  private LogSettingsCall() {}

  static void send(int adminPort, String token, LogDepth log) {
    URI call =
        URI.create(
            "http://127.0.0.1:"
                + adminPort
                + "/apiops/projects/bench/apiProxies/open/trafficLogSettings/production/");
    HttpRequest request =
        HttpRequest.newBuilder(call)
            .timeout(WITHIN)
            .header("Authorization", "Bearer " + token)
            .header("Content-Type", "application/json")
            .PUT(HttpRequest.BodyPublishers.ofString(log.settings()))
            .build();
    try {
      HttpResponse<String> response =
          HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
      if (response.statusCode() != 200) {
        throw new CompareException(
            "PUT " + call + " was answered " + response.statusCode() + ": " + response.body());
      }
    } catch (IOException e) {
      throw new CompareException("PUT " + call + " failed: " + e, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CompareException("PUT " + call + " was interrupted", e);
    }
  }
}
