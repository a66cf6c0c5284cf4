package dev.intermission.gateway.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.intermission.gateway.client.output.CommandFailure;
import dev.intermission.gateway.client.output.Exit;
import dev.intermission.gateway.client.proxies.ProxyName;
import dev.intermission.gateway.client.proxies.ProxyState;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Opens API proxies. */
@Command(
    name = "open",
    sortOptions = false,
    description = {
      "Opens APIs: their requests reach their backends again.",
      "With --let-in it is the first stage: a share of the clients pass, always the same ones."
    },
    footer = {
      "",
      "Examples:",
      "  intermission open orders-api --let-in 10%%",
      "  intermission open orders-api"
    })
final class Open extends ApiCommand {

  @Mixin TargetOptions targets = new TargetOptions();

  @Option(
      names = "--let-in",
      paramLabel = "PERCENT",
      description =
          "How many of a hundred clients pass, such as 10%%; it stays closed to the others.")
  @Nullable String letIn;

  Open(Client client) {
    super(client);
  }

  @Override
  void check() {
    targets.check();
    if (letIn != null) {
      ClosingOptions.percent(letIn);
    }
  }

  @Override
  Exit run(Session session) {
    WantedSettings wanted =
        letIn == null ? new ToAll() : new Admitting(ClosingOptions.percent(letIn));
    return new SettingsChange(session, targets, "open", wanted).run();
  }

  /** Open to all. */
  private record ToAll() implements WantedSettings {

    @Override
    public ObjectNode of(JsonNode saved) {
      return JsonNodeFactory.instance.objectNode().put("enabled", false);
    }

    @Override
    public ObjectNode of(Selected selected, Function<ProxyName, JsonNode> saved) {
      return JsonNodeFactory.instance.objectNode().put("enabled", false);
    }
  }

  /** Closed, but to a share of the clients. */
  private record Admitting(int percent) implements WantedSettings {

    @Override
    public ObjectNode of(JsonNode saved) {
      if (!saved.path("enabled").asBoolean()) {
        throw new CommandFailure(
            Exit.FAILED,
            "It is not closed, so --let-in would close it to the others. If that is wanted: 'intermission close --let-in'");
      }
      return share();
    }

    @Override
    public ObjectNode of(Selected selected, Function<ProxyName, JsonNode> saved) {
      for (ProxyState state : selected.affected()) {
        if (state.deployed() && !state.closed()) {
          throw new CommandFailure(
              Exit.FAILED,
              state.proxy()
                  + " is open in "
                  + state.environment()
                  + " already, so --let-in has no meaning there. Leave it out.");
        }
      }
      return share();
    }

    private ObjectNode share() {
      return JsonNodeFactory.instance.objectNode().put("admitPercent", percent);
    }
  }
}
