package dev.intermission.gateway.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.intermission.gateway.client.output.CommandFailure;
import dev.intermission.gateway.client.output.Exit;
import dev.intermission.gateway.client.proxies.ProxyName;
import dev.intermission.gateway.client.tracing.TraceLineText;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Lists what was recorded of an API proxy. */
@Command(
    name = "list",
    sortOptions = false,
    description =
        "Lists the requests of an API that were recorded in the last 7 days, the newest first.")
final class TraceList extends ApiCommand {

  private static final int MOST = 1000;

  @Mixin NamedApi api = new NamedApi();

  @Option(
      names = {"--env", "--environment"},
      paramLabel = "NAME",
      description = "Only of this environment.")
  @Nullable String environment;

  @Mixin TraceFilterOptions filter = new TraceFilterOptions();

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "20",
      description = "How many requests, up to 1000 (20).")
  int limit = 20;

  TraceList(Client client) {
    super(client);
  }

  @Override
  void check() {
    filter.check();
    if (limit < 1 || limit > MOST) {
      throw new CommandFailure(Exit.USAGE, "--limit: found " + limit + ", allowed is 1 to " + MOST);
    }
  }

  @Override
  Exit run(Session session) {
    ProxyName proxy = session.proxies().named(api.name).get(0).proxy();
    JsonNode body = session.api().get(filter.query(environment).page(proxy, 1, limit)).body();
    TraceLineText text = new TraceLineText(proxy, session.times());
    if (!body.path("resultList").isEmpty()) {
      session.output().say(text.headerWithDate());
    }
    for (JsonNode line : body.path("resultList")) {
      session.output().say(text.withDate(line));
    }
    session
        .output()
        .progress(
            body.path("resultCount").asLong()
                + " of "
                + body.path("totalCount").asLong()
                + " records; "
                + body.path("dropped").asLong()
                + " requests were not recorded.");
    ObjectNode object = Exit.DONE.result("trace list");
    object.put("project", proxy.project()).put("name", proxy.name());
    object.put("totalCount", body.path("totalCount").asLong());
    object.put("dropped", body.path("dropped").asLong());
    object.set("traces", body.path("resultList"));
    session.output().object(object);
    return Exit.DONE;
  }
}
