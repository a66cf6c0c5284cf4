package dev.intermission.gateway.command;

import dev.intermission.gateway.Gateway;
import dev.intermission.gateway.StartTokens;
import dev.intermission.gateway.config.ConfigReader;
import dev.intermission.gateway.config.GatewayConfig;
import dev.intermission.gateway.config.Given;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Runs a gateway from a file. */
@Command(
    name = "serve",
    sortOptions = false,
    description =
        "Runs a gateway from a configuration file; examples/gateway.yaml explains its keys.")
final class Serve implements Callable<Integer> {

  private final Terminal terminal;
  private final Variables variables;

  @Spec CommandSpec spec = CommandSpec.create();

  Serve(Terminal terminal, Variables variables) {
    this.terminal = terminal;
    this.variables = variables;
  }

  @Override
  public Integer call() throws Exception {
    variables.warnOfServiceLinks();
    Given given = KeyOptions.given(spec.commandLine().getParseResult());
    GatewayConfig config = ConfigReader.read(given);
    String token = variables.secrets().adminToken();
    try (Gateway gateway =
        Gateway.start(
            () -> ConfigReader.read(given),
            new StartTokens(
                token,
                variables.secrets().feedToken(),
                variables.secrets().ofConnections(config.log().connections())))) {
      ReloadSignal.handle(gateway::reload);
      boolean administers = config.role().hasAdminSide();
      if (config.role().hasTrafficSide()) {
        terminal.print("Clients:        " + gateway.traffic().url());
      }
      terminal.print(
          administers
              ? "Management API: " + gateway.admin().url() + "/apiops/"
              : "Probes:         " + gateway.admin().url() + "/readyz");
      if (administers && !gateway.tokens().exist()) {
        terminal.print(TokenHint.of(config, given));
      }
      return new Running(gateway, terminal).untilStopped();
    }
  }
}
