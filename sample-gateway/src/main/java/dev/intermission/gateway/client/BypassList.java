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

/** Lists bypass tokens. */
@Command(
    name = "list",
    sortOptions = false,
    description = "Lists the tokens that are in force, the newest first, without their texts.")
final class BypassList extends ApiCommand {

  @Mixin NamedApi api = new NamedApi();

  BypassList(Client client) {
    super(client);
  }

  @Override
  Exit run(Session session) {
    ProxyName proxy = session.proxies().named(api.name).get(0).proxy();
    JsonNode tokens = session.api().get(proxy.bypassTokens()).body().path("resultList");
    if (tokens.isEmpty()) {
      session.output().say(proxy + " has no bypass token.");
    } else {
      table(session, tokens).lines().forEach(session.output()::say);
    }
    ObjectNode object = Exit.DONE.result("bypass list");
    object.set("tokens", tokens);
    session.output().object(object);
    return Exit.DONE;
  }

  private static TextTable table(Session session, JsonNode tokens) {
    TextTable table = new TextTable();
    table.add("ID", "BY", "CREATED", "EXPIRES", "DESCRIPTION");
    for (JsonNode token : tokens) {
      table.add(
          token.path("id").asText(),
          token.path("username").asText(),
          session.times().at(Instant.parse(token.path("createdAt").asText())),
          session.times().at(Instant.parse(token.path("expiresAt").asText())),
          HarmlessText.brief(token.path("description").asText("")));
    }
    return table;
  }
}
