package dev.intermission.gateway.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.intermission.gateway.client.output.Exit;
import dev.intermission.gateway.client.output.HarmlessText;
import dev.intermission.gateway.client.output.TextTable;
import dev.intermission.gateway.client.proxies.FieldDifferences;
import dev.intermission.gateway.client.proxies.ProxyName;
import java.time.Instant;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Shows who changed an API proxy. */
@Command(
    name = "audit",
    sortOptions = false,
    description = {
      "Shows who changed what of an API, when and from where, the newest first.",
      "With --json, each entry has all fields before and after, and the correlation id of its call."
    })
final class AuditCommand extends ApiCommand {

  @Mixin NamedApi api = new NamedApi();

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "20",
      description = "How many entries, up to 1000 (20).")
  int limit = 20;

  AuditCommand(Client client) {
    super(client);
  }

  @Override
  Exit run(Session session) {
    ProxyName proxy = session.proxies().named(api.name).get(0).proxy();
    JsonNode entries =
        session.api().get(proxy.audit() + "?limit=" + limit).body().path("resultList");
    TextTable table = new TextTable();
    table.add("TIME", "BY", "FROM", "ACTION", "ENVIRONMENT", "REVISION", "CHANGED", "DESCRIPTION");
    for (JsonNode entry : entries) {
      table.add(
          session.times().at(Instant.parse(entry.path("time").asText())),
          entry.path("username").asText(),
          entry.path("address").asText(),
          entry.path("action").asText(),
          entry.path("environment").asText(""),
          entry.path("revision").asText(""),
          changed(entry),
          HarmlessText.brief(entry.path("description").asText("")));
    }
    table.lines().forEach(session.output()::say);
    ObjectNode object = Exit.DONE.result("audit");
    object.put("project", proxy.project()).put("name", proxy.name());
    object.set("entries", entries);
    session.output().object(object);
    return Exit.DONE;
  }

  private static String changed(JsonNode entry) {
    JsonNode change =
        Stream.of("trafficLog", "trace")
            .filter(entry::has)
            .findFirst()
            .map(entry::path)
            .orElse(entry);
    return FieldDifferences.of(change.path("before"), change.path("after")).changes().stream()
        .map(FieldDifferences.Change::field)
        .collect(Collectors.joining(" "));
  }
}
