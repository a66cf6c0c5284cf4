package dev.intermission.gateway.command;

import dev.intermission.gateway.Gateway;
import dev.intermission.gateway.config.ConfigReader;
import dev.intermission.gateway.config.GatewayConfig;
import dev.intermission.gateway.config.Overrides;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Runs a gateway from a file. */
@Command(
    name = "serve",
    sortOptions = false,
    description = "Runs a gateway from a file; examples/gateway.yaml explains what it can say.")
final class Serve implements Callable<Integer> {

  private final Terminal terminal;
  private final Variables variables;

  @Mixin final GatewayOptions options = new GatewayOptions();

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description =
          "The YAML file (INTERMISSION_CONFIG); the role gateway does without if the options say all.")
  @Nullable Path file;

  Serve(Terminal terminal, Variables variables) {
    this.terminal = terminal;
    this.variables = variables;
  }

  @Override
  public Integer call() throws Exception {
    ConfigReader reader = new ConfigReader();
    Overrides overrides = options.overrides();
    GatewayConfig config = file == null ? reader.read(overrides) : reader.read(file, overrides);
    String token = variables.secrets().adminToken();
    try (Gateway gateway = new Gateway(config, variables.secrets().feedToken())) {
      boolean administers = config.role().hasAdminSide();
      if (token != null && administers) {
        gateway.tokens().keep("admin", token);
      }
      if (config.role().hasTrafficSide()) {
        terminal.print("Clients:        " + gateway.traffic().url());
      }
      terminal.print(
          administers
              ? "Management API: " + gateway.admin().url() + "/apiops/"
              : "Probes:         " + gateway.admin().url() + "/readyz");
      return new Running(gateway, terminal).untilStopped();
    }
  }
}
