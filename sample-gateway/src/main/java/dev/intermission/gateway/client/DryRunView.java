package dev.intermission.gateway.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.intermission.gateway.client.connection.ApiRequest;
import dev.intermission.gateway.client.output.CommandFailure;
import dev.intermission.gateway.client.output.Exit;
import dev.intermission.gateway.client.output.Output;
import dev.intermission.gateway.client.proxies.ProxyName;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Shows what a change would do (contract section 8). */
final class DryRunView {

  private final Session session;
  private final String verb;

  /** Makes the request that would change a proxy and deploy it. */
  interface Change {

    ApiRequest of(ProxyName proxy, Set<String> environments);
  }

  DryRunView(Session session, String verb) {
    this.session = session;
    this.verb = verb;
  }

  Exit show(Selected selected, Change change) {
    ObjectNode object = JsonNodeFactory.instance.objectNode();
    object.put("command", verb).put("dryRun", true);
    ArrayNode apis = object.putArray("apis");
    List<String> refused = new ArrayList<>();
    for (ProxyName proxy : selected.states().keySet()) {
      Set<String> where =
          selected.isOne() ? selected.environments() : new TreeSet<>(selected.deployedOf(proxy));
      ObjectNode line = apis.addObject().put("project", proxy.project()).put("name", proxy.name());
      if (where.isEmpty()) {
        session.output().say(proxy + ": is deployed in none of these environments");
        continue;
      }
      try {
        JsonNode foretold = foretold(change.of(proxy, where));
        line.set("dryRun", foretold);
        tell(proxy, foretold);
      } catch (CommandFailure e) {
        if (selected.isOne() || e.exit() != Exit.FAILED) {
          throw e;
        }
        line.put("error", e.text());
        refused.add(proxy + ": " + e.text());
      }
    }
    refused.forEach(session.output()::warn);
    return end(object, refused.isEmpty() ? Exit.DONE : Exit.FAILED);
  }

  /** Shows what a request about one proxy would do. */
  Exit show(ProxyName proxy, ApiRequest request) {
    ObjectNode object = JsonNodeFactory.instance.objectNode();
    object.put("command", verb).put("dryRun", true);
    JsonNode foretold = foretold(request);
    object
        .putArray("apis")
        .addObject()
        .put("project", proxy.project())
        .put("name", proxy.name())
        .set("dryRun", foretold);
    tell(proxy, foretold);
    return end(object, Exit.DONE);
  }

  private Exit end(ObjectNode object, Exit exit) {
    session.output().say("This was a dry run; nothing was changed.");
    session.output().object(object.put("exitCode", exit.code()));
    return exit;
  }

  private JsonNode foretold(ApiRequest request) {
    return session
        .api()
        .read(
            new ApiRequest(
                request.method(),
                request.path() + (request.path().contains("?") ? "&" : "?") + "dryRun=true",
                request.fields(),
                request.body(),
                true))
        .body();
  }

  private void tell(ProxyName proxy, JsonNode foretold) {
    Output output = session.output();
    for (JsonNode there : foretold.path("inForce")) {
      output.say(
          proxy
              + " in "
              + there.path("environment").asText()
              + ": "
              + state(there.at("/closed/before"))
              + " -> "
              + state(there.at("/closed/after")));
      for (JsonNode field : there.path("changes")) {
        output.say(
            "  "
                + field.path("field").asText()
                + ": "
                + VisibleLine.of(field.path("before").toString())
                + " -> "
                + VisibleLine.of(field.path("after").toString()));
      }
    }
    response(foretold, output);
    for (JsonNode warning : foretold.path("warnings")) {
      output.warn("Warning: " + warning.path("message").asText());
    }
  }

  private static String state(JsonNode closed) {
    return closed.asBoolean() ? "closed" : "open";
  }

  private static void response(JsonNode foretold, Output output) {
    JsonNode response = foretold.path("response");
    if (response.isMissingNode()) {
      return;
    }
    output.say("  clients get " + response.path("status").asText());
    for (JsonNode field : response.path("fields")) {
      output.say("    " + field.path("name").asText() + ": " + field.path("value").asText());
    }
    response.path("body").asText().lines().forEach(line -> output.say("    " + line));
  }
}
