package dev.intermission.gateway.client;

import com.fasterxml.jackson.databind.JsonNode;
import dev.intermission.gateway.client.connection.ApiRequest;
import dev.intermission.gateway.client.connection.ManagementApi;
import dev.intermission.gateway.client.output.CommandFailure;
import dev.intermission.gateway.client.output.Exit;
import dev.intermission.gateway.client.proxies.ProxyName;
import dev.intermission.gateway.client.proxies.ProxyState;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Takes an operation back. */
@Command(
    name = "undo",
    sortOptions = false,
    description = {
      "Takes back an operation on several APIs: each gets what was saved and in force before.",
      "If one of them was changed since, nothing is undone, unless with --force."
    })
final class Undo extends ApiCommand {

  @Parameters(
      paramLabel = "OPERATION",
      description = "The operation's id, as the command that made it told it.")
  String id = "";

  @Option(names = "--force", description = "Undoes it although APIs were changed since.")
  boolean force;

  @Option(names = "--dry-run", description = "Shows what would change; changes nothing.")
  boolean dryRun;

  @Option(names = "--yes", description = "Does not ask, although it is about more than one API.")
  boolean yes;

  Undo(Client client) {
    super(client);
  }

  @Override
  Exit run(Session session) {
    JsonNode operation =
        session
            .api()
            .get(ManagementApi.path("maintenance-operations", id))
            .body()
            .at("/resultList/0");
    Set<ProxyName> proxies = new TreeSet<>();
    Set<String> environments = new TreeSet<>();
    for (JsonNode proxy : operation.path("proxies")) {
      proxies.add(new ProxyName(proxy.path("project").asText(), proxy.path("name").asText()));
      for (JsonNode deployed : proxy.path("deploymentList")) {
        environments.add(deployed.path("environmentName").asText());
      }
    }
    if (proxies.isEmpty()) {
      throw new CommandFailure(Exit.FAILED, "The operation " + id + " changed nothing.");
    }
    String path = ManagementApi.path("maintenance-operations", id, "undo");
    ApiRequest request = ApiRequest.post(force ? path + "?force=true" : path, "{}");
    if (dryRun) {
      return new DryRunView(session, "undo").showMany(request);
    }
    if (proxies.size() > 1) {
      new Confirmation(session, yes).ask("undo the operation on", proxies, environments);
    }
    String audit = proxies.iterator().next().audit();
    Rollout.Result result =
        new Rollout(session, watched(session, proxies, environments))
            .of(() -> change(session, request, audit));
    JsonNode answer = result.answer();
    String made = answer == null ? null : answer.at("/resultList/0/id").asText();
    return new ChangeReport(session, "undo")
        .of(
            proxies,
            environments,
            result,
            made == null ? List.of() : List.of(List.of("undo", made)),
            made);
  }

  private static @Nullable JsonNode change(Session session, ApiRequest request, String audit) {
    try {
      return session.api().change(request, audit);
    } catch (CommandFailure e) {
      throw new CommandFailure(e.exit(), e.text().replace("With force=true", "With --force"), e);
    }
  }

  private static List<ProxyState> watched(
      Session session, Set<ProxyName> proxies, Set<String> environments) {
    Set<String> missing = new TreeSet<>(environments);
    List<ProxyState> watched = new ArrayList<>();
    for (ProxyState state : session.proxies().everywhere()) {
      if (proxies.contains(state.proxy())
          && state.deployed()
          && missing.remove(state.environment())) {
        watched.add(state);
      }
    }
    return watched;
  }
}
