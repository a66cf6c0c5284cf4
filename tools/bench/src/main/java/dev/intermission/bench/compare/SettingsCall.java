package dev.intermission.bench.compare;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/**
 * Changes settings of proxies of the project {@code bench}, by the documented calls.
 *
 * @param adminPort where the management API listens
 * @param token a token of an administrator
 */
record SettingsCall(int adminPort, String token) {

  private static final Duration WITHIN = Duration.ofSeconds(60);

  /** Sends settings, and fails unless they are taken. */
  void send(String method, String proxy, String path, String settings) {
    URI call =
        URI.create(
            "http://127.0.0.1:"
                + adminPort
                + "/apiops/projects/bench/apiProxies/"
                + proxy
                + "/"
                + path);
    HttpRequest request =
        HttpRequest.newBuilder(call)
            .timeout(WITHIN)
            .header("Authorization", "Bearer " + token)
            .header("Content-Type", "application/json")
            .method(method, HttpRequest.BodyPublishers.ofString(settings))
            .build();
    try {
      HttpResponse<String> response =
          HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
      if (response.statusCode() != 200) {
        throw new CompareException(
            method
                + " "
                + call
                + " was answered "
                + response.statusCode()
                + ": "
                + response.body());
      }
    } catch (IOException e) {
      throw new CompareException(method + " " + call + " failed: " + e, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CompareException(method + " " + call + " was interrupted", e);
    }
  }

  /** Leaves the token out. */
  @Override
  public String toString() {
    return "SettingsCall[" + adminPort + "]";
  }
}
