package dev.intermission.gateway.command;

import dev.intermission.gateway.Gateway;
import dev.intermission.gateway.config.ConfigReader;
import dev.intermission.gateway.config.GatewayConfig;
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
      required = true,
      paramLabel = "FILE",
      description = "The YAML file (INTERMISSION_CONFIG).")
  @Nullable Path file;

  Serve(Terminal terminal, Variables variables) {
    this.terminal = terminal;
    this.variables = variables;
  }

  @Override
  public Integer call() throws Exception {
    if (file == null) {
      throw new IllegalStateException("picocli requires --config");
    }
    GatewayConfig config = new ConfigReader().read(file, options.overrides());
    try (Gateway gateway = new Gateway(config)) {
      String token = variables.adminToken();
      if (token != null) {
        gateway.tokens().keep("admin", token);
      }
      terminal.print("Clients:        " + gateway.traffic().url());
      terminal.print("Management API: " + gateway.admin().url() + "/apiops/");
      return new Running(gateway, terminal).untilStopped();
    }
  }
}
