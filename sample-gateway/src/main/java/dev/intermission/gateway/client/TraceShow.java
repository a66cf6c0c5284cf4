package dev.intermission.gateway.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.intermission.gateway.client.output.CommandFailure;
import dev.intermission.gateway.client.output.Exit;
import dev.intermission.gateway.client.proxies.ProxyName;
import dev.intermission.gateway.client.proxies.ProxyState;
import dev.intermission.gateway.client.tracing.RecordText;
import dev.intermission.gateway.client.tracing.TraceReference;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Shows a recorded request. */
@Command(
    name = "show",
    sortOptions = false,
    description = {
      "Shows a recorded request: what the client sent, what went to the backend, and both responses.",
      "With --json, the record is as the management API has it."
    })
final class TraceShow extends ApiCommand {

  /** An id without its API is looked for in so many APIs, with a call for each. */
  private static final int MOST_LOOKS = 100;

  /** The beginning of the refusal of an id that an API does not have (contract section 12). */
  private static final String NO_RECORD = "Trace (";

  @Parameters(
      index = "0",
      paramLabel = "ID",
      description = "Which one, as 'trace' and 'trace list' show it: PROJECT/NAME/ID.")
  String id = "";

  TraceShow(Client client) {
    super(client);
  }

  @Override
  void check() {
    TraceReference reference = TraceReference.parse(id);
    if (reference.id().isEmpty() || (id.contains("/") && reference.api().isEmpty())) {
      throw new CommandFailure(
          Exit.USAGE,
          "ID: found '" + id + "', allowed is PROJECT/NAME/ID, NAME/ID or ID of a record");
    }
  }

  /** A record and its API. */
  private record Found(ProxyName proxy, JsonNode record) {}

  @Override
  Exit run(Session session) {
    TraceReference reference = TraceReference.parse(id);
    Found found =
        reference.api().isEmpty()
            ? anywhere(session, id)
            : of(session, session.proxies().named(reference.api()).get(0).proxy(), reference.id());
    RecordText.lines(found.proxy(), found.record(), session.times()).forEach(session.output()::say);
    ObjectNode object = Exit.DONE.result("trace show");
    object.put("project", found.proxy().project()).put("name", found.proxy().name());
    object.set("record", found.record());
    session.output().object(object);
    return Exit.DONE;
  }

  private static Found of(Session session, ProxyName proxy, String id) {
    return new Found(proxy, session.api().get(proxy.path("traces", id)).body().at("/resultList/0"));
  }

  /** The management API finds a record by its API only, so each API is asked for it. */
  private static Found anywhere(Session session, String id) {
    List<ProxyName> proxies =
        session.proxies().all().stream().map(ProxyState::proxy).distinct().toList();
    if (proxies.size() <= MOST_LOOKS) {
      for (ProxyName proxy : proxies) {
        try {
          return of(session, proxy, id);
        } catch (CommandFailure e) {
          // A user who may see an API need not be allowed to read its records.
          if (e.exit() != Exit.DENIED && !e.text().startsWith(NO_RECORD)) {
            throw e;
          }
        }
      }
    }
    throw new CommandFailure(
        Exit.FAILED,
        proxies.size() > MOST_LOOKS
            ? "Give the id with its API, as 'trace' and 'trace list' show it: PROJECT/NAME/" + id
            : "There is no record '" + id + "' of an API that this user may manage.");
  }
}
