package dev.intermission.load;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.intermission.api.ContentType;
import dev.intermission.api.MaintenanceSettings;
import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.client.ContentResponse;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.client.StringRequestContent;
import org.eclipse.jetty.http.HttpHeader;

/** Reads and deploys a proxy's maintenance mode over the management API (contract section 2). */
final class MaintenanceModeCall {

  private static final int LONGEST_QUOTE = 200;

  private final HttpClient client;
  private final URI url;
  private final String environment;
  private final String token;
  private final Duration timeout;
  private final JsonMapper json = new JsonMapper();

  MaintenanceModeCall(HttpClient client, DeploymentPlan plan, String token, Duration timeout) {
    this.client = client;
    this.token = token;
    this.timeout = timeout;
    environment = plan.environment();
    String proxy = plan.proxy().toString();
    url = URI.create(proxy + (proxy.endsWith("/") ? "" : "/") + "settings/maintenance-mode/");
  }

  /** Returns what is saved. */
  MaintenanceSettings read() throws DeploymentException, InterruptedException {
    JsonNode saved = send(client.newRequest(url)).path("resultList").path(0);
    try {
      return new MaintenanceSettings(
          saved.required("enabled").booleanValue(),
          saved.required("httpStatusCode").intValue(),
          ContentType.parse(saved.required("contentType").textValue()),
          saved.required("message").textValue());
    } catch (IllegalArgumentException e) {
      throw new DeploymentException(
          "GET " + url + " did not answer with the settings: " + e.getMessage(), e);
    }
  }

  /** Saves and deploys, and returns when the gateways have acknowledged it. */
  void deploy(MaintenanceSettings settings) throws DeploymentException, InterruptedException {
    ObjectNode body = json.createObjectNode();
    body.put("enabled", settings.enabled());
    body.put("httpStatusCode", settings.httpStatusCode());
    body.put("contentType", settings.contentType().value());
    body.put("message", settings.message());
    body.put("deploy", true);
    body.putArray("deployTargetEnvironmentNameList").add(environment);
    Request patch =
        client
            .newRequest(url)
            .method("PATCH")
            .body(new StringRequestContent("application/json", body.toString()));
    JsonNode answer = send(patch);
    if (!answer.path("deploymentResult").path("success").asBoolean()) {
      throw new DeploymentException(
          "PATCH " + url + " was saved but not deployed: " + quote(answer.toString()));
    }
  }

  private JsonNode send(Request request) throws DeploymentException, InterruptedException {
    String call = request.getMethod() + " " + url;
    try {
      ContentResponse response =
          request
              .headers(headers -> headers.put(HttpHeader.AUTHORIZATION, "Bearer " + token))
              .timeout(timeout.toNanos(), TimeUnit.NANOSECONDS)
              .send();
      if (response.getStatus() != 200) {
        throw new DeploymentException(
            String.format(
                Locale.ROOT,
                "%s was answered %d: %s",
                call,
                response.getStatus(),
                quote(response.getContentAsString())));
      }
      return json.readTree(response.getContentAsString());
    } catch (ExecutionException | TimeoutException | JsonProcessingException e) {
      Throwable cause = e instanceof ExecutionException && e.getCause() != null ? e.getCause() : e;
      throw new DeploymentException(call + " failed: " + cause, cause);
    }
  }

  private static String quote(String text) {
    String line = text.replaceAll("\\s+", " ");
    return line.length() <= LONGEST_QUOTE ? line : line.substring(0, LONGEST_QUOTE) + "…";
  }
}
