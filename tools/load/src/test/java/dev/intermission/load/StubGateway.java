package dev.intermission.load;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * A gateway and its management API in one: serves what was last deployed at {@code /api/v1}, and
 * takes GET and PATCH of the maintenance mode as the contract has them.
 */
final class StubGateway implements AutoCloseable {

  static final String TOKEN = "a-token-for-the-stub";

  private static final String PROXY = "/apiops/projects/My%20Project/apiProxies/MyAPI";
  private static final JsonMapper JSON = new JsonMapper();

  private final TargetServer server;
  private volatile ObjectNode saved = initial();
  private final List<JsonNode> deployed = new CopyOnWriteArrayList<>();
  private final boolean torn;
  private volatile int acknowledged = Integer.MAX_VALUE;

  /**
   * @param torn whether it answers with the status of one deployment and the body of another
   */
  StubGateway(boolean torn) throws Exception {
    this.torn = torn;
    server =
        new TargetServer(
            (number, request, response, callback) -> answer(request, response, callback));
  }

  static ObjectNode initial() {
    return JSON.createObjectNode()
        .put("enabled", true)
        .put("httpStatusCode", 418)
        .put("contentType", "text/plain")
        .put("message", "as it was before");
  }

  String url() {
    return server.url();
  }

  String proxyUrl() {
    return server.url().replace("/api/v1", PROXY);
  }

  /** Returns the bodies of all PATCHes, in order. */
  List<JsonNode> deployed() {
    return List.copyOf(deployed);
  }

  /** Acknowledges this many deployments, and none after them. */
  void refuseAfter(int deployments) {
    acknowledged = deployments;
  }

  private void answer(Request request, Response response, Callback callback) throws Exception {
    if (request.getHttpURI().getPath().equals("/api/v1")) {
      ObjectNode served = saved;
      int status = served.path("httpStatusCode").intValue();
      TargetServer.write(
          response,
          callback,
          torn && status == 429 ? 503 : status,
          served.path("contentType").textValue(),
          served.path("message").textValue());
      return;
    }
    if (!request.getHttpURI().getPath().equals(PROXY + "/settings/maintenance-mode/")) {
      TargetServer.write(response, callback, 404, "application/json", "{}");
    } else if (!("Bearer " + TOKEN).equals(request.getHeaders().get("Authorization"))) {
      TargetServer.write(
          response,
          callback,
          401,
          "application/json",
          "{\"resultMessage\":\"Token is not valid!\"}");
    } else if (request.getMethod().equals("PATCH")) {
      patch(request, response, callback);
    } else {
      ObjectNode body = JSON.createObjectNode().put("success", true).put("resultCount", 1);
      body.putArray("resultList").add(saved);
      TargetServer.write(response, callback, 200, "application/json", body.toString());
    }
  }

  private void patch(Request request, Response response, Callback callback) throws Exception {
    JsonNode body = JSON.readTree(Content.Source.asString(request));
    deployed.add(body);
    ObjectNode next = JSON.createObjectNode();
    for (String field : List.of("enabled", "httpStatusCode", "contentType", "message")) {
      next.set(field, body.required(field));
    }
    saved = next;
    TargetServer.write(
        response,
        callback,
        200,
        "application/json",
        "{\"status\":\"SUCCESS\",\"success\":true,\"deploymentResult\":{\"success\":%b,\"deploymentResults\":[]}}"
            .formatted(deployed.size() <= acknowledged));
  }

  @Override
  public void close() {
    server.close();
  }
}
