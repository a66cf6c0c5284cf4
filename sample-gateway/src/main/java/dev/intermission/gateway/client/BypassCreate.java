package dev.intermission.gateway.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.intermission.gateway.client.connection.ApiRequest;
import dev.intermission.gateway.client.output.CommandFailure;
import dev.intermission.gateway.client.output.Exit;
import dev.intermission.gateway.client.proxies.ProxyName;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Makes a bypass token. */
@Command(
    name = "create",
    sortOptions = false,
    description = "Makes a token that lets requests pass, and prints it; it can't be shown again.")
final class BypassCreate extends ApiCommand {

  @Mixin NamedApi api = new NamedApi();

  @Option(
      names = "--expires",
      paramLabel = "TIME",
      defaultValue = "1h",
      description = "How long it is valid, up to 30d (1h).")
  String expires = "1h";

  @Option(names = "--reason", paramLabel = "TEXT", description = "What it is for.")
  @Nullable String reason;

  BypassCreate(Client client) {
    super(client);
  }

  @Override
  Exit run(Session session) {
    ProxyName proxy = session.proxies().named(api.name).get(0).proxy();
    ObjectNode body = JsonNodeFactory.instance.objectNode().put("expiresIn", expires);
    if (reason != null) {
      body.put("description", reason);
    }
    JsonNode made =
        session.api().change(ApiRequest.post(proxy.bypassTokens(), body.toString()), proxy.audit());
    if (made == null) {
      throw new CommandFailure(
          Exit.FAILED,
          "The token was made, but its text was lost with the answer. Revoke it ('bypass list' shows it), and make another.");
    }
    Exit exit = BypassWarnings.tell(session, made);
    session.output().result("Intermission-Bypass: " + made.path("token").asText());
    session
        .output()
        .progress(
            "Token "
                + made.path("id").asText()
                + " lets requests to "
                + proxy
                + " pass until "
                + session.times().at(Instant.parse(made.path("expiresAt").asText()))
                + ", if they have this field. It can't be shown again.");
    ObjectNode object = exit.result("bypass create");
    object.set("token", made);
    session.output().object(object);
    return exit;
  }
}
