package dev.intermission.fleet;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/**
 * Someone who sends the documented requests to admin nodes and asks gateway nodes as clients do.
 */
final class Operator {

  private static final String PROXIES = "/apiops/projects/MyProject/apiProxies/";
  private static final String MY_API = PROXIES + "MyAPI/";

  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(5))
          .build();
  private final String token;

  Operator(String token) {
    this.token = token;
  }

  /** What came back. */
  record Reply(int status, String body) {

    /** Returns whether the change was acknowledged as saved. */
    boolean saved() {
      return status == 200 && body.startsWith("{\"status\":\"SUCCESS\",\"success\":true");
    }

    /** Returns whether every live node took it. */
    boolean everywhere() {
      return saved() && body.contains("\"deploymentResult\":{\"success\":true");
    }
  }

  /** Closes MyAPI with this number as its message, and deploys that. */
  Reply close(FleetNode admin, int number, String... environments)
      throws IOException, InterruptedException {
    String body =
        """
        {"enabled":true,"httpStatusCode":%d,"contentType":"text/plain","message":"%d",\
        "deploy":true,"deployTargetEnvironmentNameList":["%s"]}"""
            .formatted(500 + number % 90, number, String.join("\",\"", environments));
    return patch(admin, "MyAPI", body);
  }

  /** Patches the maintenance mode of a proxy. */
  Reply patch(FleetNode admin, String proxy, String body) throws IOException, InterruptedException {
    return send(
        request(admin, PROXIES + proxy + "/settings/maintenance-mode/")
            .header("Content-Type", "application/json")
            .method("PATCH", HttpRequest.BodyPublishers.ofString(body)));
  }

  /** Patches the trace settings of MyAPI. */
  Reply trace(FleetNode admin, String body) throws IOException, InterruptedException {
    return send(
        request(admin, MY_API + "settings/trace/")
            .header("Content-Type", "application/json")
            .method("PATCH", HttpRequest.BodyPublishers.ofString(body)));
  }

  /** Returns an answer of the management API about a proxy. */
  Reply get(FleetNode admin, String proxy, String path) throws IOException, InterruptedException {
    return send(request(admin, PROXIES + proxy + "/" + path).GET());
  }

  /** Returns an answer of the management API about MyAPI. */
  Reply get(FleetNode admin, String path) throws IOException, InterruptedException {
    return send(request(admin, MY_API + path).GET());
  }

  /** Returns the answer of the overview. */
  Reply overview(FleetNode admin, String query) throws IOException, InterruptedException {
    return send(request(admin, "/apiops/maintenance/" + query).GET());
  }

  /** Makes an operation in MyProject. */
  Reply operate(FleetNode admin, String body) throws IOException, InterruptedException {
    return send(
        request(admin, "/apiops/projects/MyProject/maintenance-operations/")
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body)));
  }

  /** Returns what route-health says of MyAPI in an environment. */
  String health(FleetNode admin, String environment) throws IOException, InterruptedException {
    return get(admin, "environments/" + environment + "/route-health/").body();
  }

  private HttpRequest.Builder request(FleetNode admin, String path) {
    return HttpRequest.newBuilder(URI.create(admin.adminUrl() + path))
        .timeout(Duration.ofSeconds(30))
        .header("Authorization", "Bearer " + token);
  }

  /** Returns what a client of the gateway node gets from MyAPI. */
  Reply client(FleetNode gateway) throws IOException, InterruptedException {
    return client(gateway, "/api/v1/x");
  }

  /** Returns what a client of the gateway node gets from this path. */
  Reply client(FleetNode gateway, String path) throws IOException, InterruptedException {
    return send(
        HttpRequest.newBuilder(URI.create(gateway.trafficUrl() + path))
            .timeout(Duration.ofSeconds(30)));
  }

  private Reply send(HttpRequest.Builder request) throws IOException, InterruptedException {
    HttpResponse<String> response =
        client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    return new Reply(response.statusCode(), response.body());
  }
}
