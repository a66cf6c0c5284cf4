package dev.intermission.gateway.command;

import dev.intermission.gateway.config.ListenerConfig;
import dev.intermission.gateway.config.Overrides;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options of a command that starts a gateway. */
final class GatewayOptions {

  @Spec(Spec.Target.MIXEE)
  @Nullable CommandSpec command;

  @Option(
      names = "--port",
      paramLabel = "PORT",
      description = "Where clients come in; 0 for any free port (INTERMISSION_PORT; 8080).")
  @Nullable Integer port;

  @Option(
      names = "--host",
      paramLabel = "HOST",
      description = "The interface of that port (INTERMISSION_HOST; all, in the demo 127.0.0.1).")
  @Nullable String host;

  @Option(
      names = "--admin-port",
      paramLabel = "PORT",
      description = "The port of the management API (INTERMISSION_ADMIN_PORT; 9090).")
  @Nullable Integer adminPort;

  @Option(
      names = "--admin-host",
      paramLabel = "HOST",
      description = "The interface of that port (INTERMISSION_ADMIN_HOST; 127.0.0.1).")
  @Nullable String adminHost;

  @Option(
      names = "--data",
      paramLabel = "FOLDER",
      description = "The folder of the store (INTERMISSION_DATA; ./data).")
  @Nullable Path data;

  @Option(
      names = "--database",
      paramLabel = "URL",
      description = "The JDBC URL of the store (INTERMISSION_DATABASE; SQLite in the data folder).")
  @Nullable String database;

  @Option(
      names = "--environment",
      paramLabel = "NAME",
      description =
          "The environment that this gateway serves (INTERMISSION_ENVIRONMENT; production).")
  @Nullable String environment;

  @Option(
      names = "--role",
      paramLabel = "ROLE",
      description = "What runs in this process: all (INTERMISSION_ROLE; all).")
  @Nullable String role;

  @Option(
      names = "--feed",
      paramLabel = "URL",
      split = ",",
      description = "Admin URLs, for the role gateway (INTERMISSION_FEED).")
  @Nullable List<String> feed;

  /**
   * Returns what the options say over a configuration.
   *
   * @throws ParameterException if they don't fit each other
   */
  Overrides overrides() {
    if (role != null && !role.equals("all")) {
      throw refused("--role", role, "all: this version runs everything in one process");
    }
    if (feed != null) {
      throw refused("--feed", String.join(",", feed), "nothing, since the role all has its own");
    }
    requirePort("--port", port);
    requirePort("--admin-port", adminPort);
    return new Overrides(environment, data, database, host, port, adminHost, adminPort);
  }

  private void requirePort(String option, @Nullable Integer found) {
    if (found != null && (found < 0 || found > ListenerConfig.MAX_PORT)) {
      throw refused(option, found.toString(), "0 to " + ListenerConfig.MAX_PORT);
    }
  }

  private ParameterException refused(String option, String found, String allowed) {
    if (command == null) {
      throw new IllegalStateException("the options were not parsed");
    }
    return new ParameterException(
        command.commandLine(),
        "Invalid value for option '%s': found '%s', allowed is %s"
            .formatted(option, found, allowed),
        command.findOption(option),
        found);
  }
}
