package dev.intermission.gateway.client;

import com.fasterxml.jackson.databind.JsonNode;
import dev.intermission.gateway.client.connection.ApiRequest;
import dev.intermission.gateway.client.connection.ManagementApi;
import dev.intermission.gateway.client.output.Exit;
import dev.intermission.gateway.client.proxies.ProxyName;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Revokes a bypass token. */
@Command(
    name = "revoke",
    sortOptions = false,
    description = "Revokes a token: requests with it do not pass any more.")
final class BypassRevoke extends ApiCommand {

  @Mixin NamedApi api = new NamedApi();

  @Parameters(
      index = "1",
      paramLabel = "ID",
      description = "The token's id, as 'bypass list' shows it.")
  String id = "";

  BypassRevoke(Client client) {
    super(client);
  }

  @Override
  Exit run(Session session) {
    ProxyName proxy = session.proxies().named(api.name).get(0).proxy();
    String path = proxy.bypassTokens() + ManagementApi.encoded(id) + "/";
    JsonNode answer = session.api().change(ApiRequest.delete(path), proxy.audit());
    Exit exit = answer == null ? Exit.DONE : BypassWarnings.tell(session, answer);
    session.output().say("Revoked the token " + id + " of " + proxy);
    session.output().object(exit.result("bypass revoke").put("id", id));
    return exit;
  }
}
