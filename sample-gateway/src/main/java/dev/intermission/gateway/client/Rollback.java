package dev.intermission.gateway.client;

import com.fasterxml.jackson.databind.JsonNode;
import dev.intermission.gateway.client.connection.ApiRequest;
import dev.intermission.gateway.client.connection.ManagementApi;
import dev.intermission.gateway.client.output.CommandFailure;
import dev.intermission.gateway.client.output.Exit;
import dev.intermission.gateway.client.proxies.ProxyName;
import dev.intermission.gateway.client.proxies.ProxyState;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Goes back to a former deployment of an API proxy. */
@Command(
    name = "rollback",
    sortOptions = false,
    description = {
      "Goes back to the settings of a former deployment of an API, and deploys them.",
      "'history' lists the revisions. A window that has passed does not come back."
    })
final class Rollback extends ApiCommand {

  @Mixin NamedApi api = new NamedApi();

  @Parameters(index = "1", paramLabel = "REVISION", description = "The revision to go back to.")
  int revision;

  @Option(
      names = "--environment",
      paramLabel = "NAME",
      description = "Where to deploy; without it, where that revision was deployed.")
  @Nullable String environment;

  @Option(
      names = "--dry-run",
      description = "Shows what would change and what clients would get; changes nothing.")
  boolean dryRun;

  Rollback(Client client) {
    super(client);
  }

  @Override
  Exit run(Session session) {
    List<ProxyState> states = session.proxies().named(api.name);
    ProxyName proxy = states.get(0).proxy();
    String target = environment == null ? environmentOf(session, proxy) : environment;
    ApiRequest request = request(session, proxy, target);
    if (dryRun) {
      return new DryRunView(session, "rollback").show(proxy, request);
    }
    List<ProxyState> before =
        states.stream().filter(state -> state.environment().equals(target)).toList();
    if (before.isEmpty()) {
      throw new CommandFailure(
          Exit.FAILED,
          "There is no environment '"
              + target
              + "'; there are: "
              + String.join(", ", states.stream().map(ProxyState::environment).toList()));
    }
    Rollout.Result result =
        new Rollout(session, before).of(() -> session.api().change(request, proxy.audit()));
    int former = before.get(0).revision();
    List<List<String>> undo =
        former == 0
            ? List.of()
            : List.of(
                List.of("rollback", api.name, String.valueOf(former), "--environment", target));
    return new ChangeReport(session, "rollback")
        .of(Set.of(proxy), Set.of(target), result, undo, null);
  }

  private String environmentOf(Session session, ProxyName proxy) {
    JsonNode entry =
        session
            .api()
            .get(proxy.path("deploy-histories", String.valueOf(revision)))
            .body()
            .at("/resultList/0");
    return entry.path("environment").asText();
  }

  private ApiRequest request(Session session, ProxyName proxy, String target) {
    String tag = session.api().get(proxy.settings()).tag();
    ApiRequest request =
        new ApiRequest(
            "POST",
            proxy.path("deploy-histories", String.valueOf(revision), "rollback")
                + "?environmentName="
                + ManagementApi.encoded(target),
            Map.of(),
            null,
            false);
    return tag == null ? request : request.ifMatch(tag);
  }
}
