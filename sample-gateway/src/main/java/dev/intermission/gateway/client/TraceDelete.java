package dev.intermission.gateway.client;

import dev.intermission.gateway.client.connection.ApiRequest;
import dev.intermission.gateway.client.output.Exit;
import dev.intermission.gateway.client.proxies.ProxyName;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Deletes what was recorded of an API proxy. */
@Command(
    name = "delete",
    sortOptions = false,
    description = "Deletes all that was recorded of an API's requests, in all environments.")
final class TraceDelete extends ApiCommand {

  @Mixin NamedApi api = new NamedApi();

  @Option(names = "--yes", description = "Does not ask.")
  boolean yes;

  TraceDelete(Client client) {
    super(client);
  }

  @Override
  Exit run(Session session) {
    ProxyName proxy = session.proxies().named(api.name).get(0).proxy();
    new Confirmation(session, yes)
        .ask(
            "This deletes the records of all requests of " + proxy + ", and can't be undone.",
            "Delete them?");
    session.api().change(ApiRequest.delete(proxy.traces()), proxy.audit());
    session.output().say("Deleted what was recorded of " + proxy + ".");
    session
        .output()
        .object(
            Exit.DONE
                .result("trace delete")
                .put("project", proxy.project())
                .put("name", proxy.name()));
    return Exit.DONE;
  }
}
