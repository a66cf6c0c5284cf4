package dev.intermission.gateway.command;

import dev.intermission.gateway.config.Front;
import dev.intermission.gateway.config.Overrides;
import dev.intermission.gateway.config.Role;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of a command that starts a gateway. */
final class GatewayOptions {

  @Option(
      names = "--port",
      paramLabel = "PORT",
      converter = Port.class,
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
      converter = Port.class,
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
      description =
          "The JDBC URL of the store (INTERMISSION_DATABASE, or the file that INTERMISSION_DATABASE_FILE names; SQLite in the data folder). Not as an option where it holds a password.")
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
      description =
          "What runs in this process: all, admin (the management API and the feed) or gateway (what serves clients) (INTERMISSION_ROLE; all).")
  @Nullable Role role;

  @Option(
      names = "--front",
      paramLabel = "FRONT",
      description =
          "What answers for closed APIs: handler (Jetty's own kind, the fastest) or filter (the servlet filter) (INTERMISSION_FRONT; handler).")
  @Nullable Front front;

  @Option(
      names = "--node",
      paramLabel = "NAME",
      description =
          "The name of this gateway among others (INTERMISSION_NODE; this machine's and the port).")
  @Nullable String node;

  @Option(
      names = "--feed",
      paramLabel = "URL",
      split = ",",
      converter = FeedUrl.class,
      description =
          "The admin nodes' URLs, with commas between them, for the role gateway (INTERMISSION_FEED). The token for them is in the variable INTERMISSION_FEED_TOKEN, or in the file that INTERMISSION_FEED_TOKEN_FILE names.")
  @Nullable List<URI> feed;

  @Option(
      names = "--feed-ca",
      paramLabel = "FILE",
      description =
          "A PEM file with the authority of the admin nodes' certificates (INTERMISSION_FEED_CA; those that Java trusts).")
  @Nullable Path feedCa;

  /** Returns what the options say over a configuration. */
  Overrides overrides() {
    return new Overrides(
        role,
        environment,
        node,
        front,
        data,
        database,
        host,
        port,
        adminHost,
        adminPort,
        feed,
        feedCa);
  }
}
