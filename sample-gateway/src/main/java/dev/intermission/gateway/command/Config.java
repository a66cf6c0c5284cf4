package dev.intermission.gateway.command;

import dev.intermission.gateway.config.ConfigReader;
import dev.intermission.gateway.config.GatewayConfig;
import dev.intermission.gateway.config.ListenerConfig;
import dev.intermission.gateway.server.Pem;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Looks at configuration files without a gateway. */
@Command(name = "config", description = "Looks at configuration files without starting a gateway.")
final class Config {

  private final Terminal terminal;

  @Spec CommandSpec spec = CommandSpec.create();

  Config(Terminal terminal) {
    this.terminal = terminal;
  }

  @Command(
      name = "check",
      sortOptions = false,
      description =
          "Tells all faults that a start or a reload with this file would tell; changes nothing.")
  int check(
      @Parameters(paramLabel = "FILE", description = "The file, as for 'serve --config'.")
          Path file) {
    GatewayConfig config =
        ConfigReader.read(file, KeyOptions.given(spec.commandLine().getParseResult().subcommand()));
    for (ListenerConfig listener : Stream.of(config.traffic(), config.admin()).toList()) {
      if (listener.tls() != null) {
        Pem.check(listener.tls());
      }
    }
    if (config.feed().ca() != null) {
      Pem.trusting(config.feed().ca());
    }
    terminal.print(
        String.format(
            Locale.ROOT,
            "%s has no faults: role %s, %d projects with %d proxies, %d users",
            file,
            config.role().word(),
            config.catalog().projects().size(),
            config.catalog().proxies().size(),
            config.catalog().users().size()));
    return 0;
  }
}
