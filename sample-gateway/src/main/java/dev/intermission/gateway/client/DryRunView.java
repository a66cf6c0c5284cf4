package dev.intermission.gateway.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.intermission.gateway.client.connection.ApiRequest;
import dev.intermission.gateway.client.output.Exit;
import dev.intermission.gateway.client.output.HarmlessText;
import dev.intermission.gateway.client.output.Output;
import dev.intermission.gateway.client.proxies.ProxyName;

/** Shows what a change would do (contract section 8). */
final class DryRunView {

  private final Session session;
  private final String verb;

  DryRunView(Session session, String verb) {
    this.session = session;
    this.verb = verb;
  }

  /** Shows what an operation, or its undo, would do. */
  Exit showMany(ApiRequest request) {
    ObjectNode object = JsonNodeFactory.instance.objectNode();
    object.put("command", verb).put("dryRun", true);
    ArrayNode apis = object.putArray("apis");
    JsonNode foretold = foretold(request);
    for (JsonNode proxy : foretold.path("proxies")) {
      ProxyName name = new ProxyName(proxy.path("project").asText(), proxy.path("name").asText());
      apis.addObject().put("project", name.project()).put("name", name.name()).set("dryRun", proxy);
      tell(name, proxy);
    }
    session.output().warnings(foretold.path("warnings"));
    return end(object);
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
    session.output().warnings(foretold.path("warnings"));
    return end(object);
  }

  private Exit end(ObjectNode object) {
    session.output().say("This was a dry run; nothing was changed.");
    session.output().object(object.put("exitCode", Exit.DONE.code()));
    return Exit.DONE;
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
                + HarmlessText.brief(field.path("before").toString())
                + " -> "
                + HarmlessText.brief(field.path("after").toString()));
      }
    }
    response(foretold, output);
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
      output.say(
          HarmlessText.line(
              "    " + field.path("name").asText() + ": " + field.path("value").asText()));
    }
    if (response.has("bodyBase64")) {
      output.say("    (a body that is no text; --json has it)");
    }
    response.path("body").asText().lines().forEach(line -> output.say("    " + line));
  }
}
