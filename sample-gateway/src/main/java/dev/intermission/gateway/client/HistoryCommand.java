package dev.intermission.gateway.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.intermission.gateway.client.output.Exit;
import dev.intermission.gateway.client.output.HarmlessText;
import dev.intermission.gateway.client.output.TextTable;
import dev.intermission.gateway.client.proxies.ProxyName;
import java.time.Instant;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Lists the deployments of an API proxy. */
@Command(
    name = "history",
    sortOptions = false,
    description =
        "Lists the deployments of an API, the newest first; 'rollback' goes back to one of them.")
final class HistoryCommand extends ApiCommand {

  @Mixin NamedApi api = new NamedApi();

  HistoryCommand(Client client) {
    super(client);
  }

  @Override
  Exit run(Session session) {
    ProxyName proxy = session.proxies().named(api.name).get(0).proxy();
    JsonNode records = session.api().get(proxy.path("deploy-histories")).body().path("resultList");
    TextTable table = new TextTable();
    table.add("REVISION", "TIME", "ENVIRONMENT", "WHAT", "BY", "OPERATION", "DESCRIPTION");
    for (JsonNode entry : records) {
      table.add(
          entry.path("revision").asText(),
          session.times().at(Instant.parse(entry.path("deploymentTime").asText())),
          entry.path("environment").asText(),
          what(entry),
          entry.path("username").asText(),
          entry.path("operation").asText(),
          HarmlessText.brief(entry.path("description").asText()));
    }
    table.lines().forEach(session.output()::say);
    ObjectNode object = Exit.DONE.result("history");
    object.put("project", proxy.project()).put("name", proxy.name());
    object.set("records", records);
    session.output().object(object);
    return Exit.DONE;
  }

  private static String what(JsonNode entry) {
    JsonNode inForce = entry.path("maintenance");
    if (!inForce.isMissingNode()) {
      return inForce.path("closed").asBoolean() ? "in force, closed" : "in force, open";
    }
    return entry.path("deploy").asBoolean() ? "deployed" : "undeployed";
  }
}
