package dev.intermission.gateway.config;

import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A configuration key that can be given by an option and a variable. It is declared only here: the
 * command line, its help, the variables and the README's table are made from it. An option wins
 * over its variable, and a variable over the file.
 */
public enum Key {
  PORT(
      "traffic.port",
      "port",
      "PORT",
      ListenerConfig.TRAFFIC.port(),
      "The port for clients; 0 takes any free port."),
  HOST(
      "traffic.host",
      "host",
      "HOST",
      ListenerConfig.TRAFFIC.host() + ", in the demo 127.0.0.1",
      "The address of the interface for clients."),
  ADMIN_PORT(
      "admin.port",
      "admin-port",
      "PORT",
      ListenerConfig.ADMIN.port(),
      "The port of the management API; 0 takes any free port."),
  ADMIN_HOST(
      "admin.host",
      "admin-host",
      "HOST",
      ListenerConfig.ADMIN.host(),
      "The address of the interface of the management API."),
  DATA(
      "data",
      "data",
      "FOLDER",
      GatewayConfig.DATA + ", beside the file",
      "The folder of the store, or of a gateway node's snapshot."),
  ENVIRONMENT(
      "environment",
      "environment",
      "NAME",
      GatewayConfig.ENVIRONMENT,
      "The environment that this gateway serves."),
  DATABASE(
      "database",
      "database",
      "URL",
      "SQLite in the data folder",
      "The JDBC URL of the store, jdbc:sqlite: or jdbc:postgresql:. A URL with a password must be given by the variable, or by the file that INTERMISSION_DATABASE_FILE names."),
  FRONT(
      "front",
      "front",
      "FRONT",
      Front.HANDLER.word(),
      "What answers for closed APIs: handler (a Jetty handler, the fastest) or filter (the servlet filter)."),
  ROLE(
      "role",
      "role",
      "ROLE",
      Role.ALL.word(),
      "What runs in this process: all, admin (the management API and the feed) or gateway (what serves clients)."),
  FEED(
      "feed.admins",
      "feed",
      "URLS",
      "none",
      "The admin nodes' URLs for the role gateway, separated by commas. The token for them is in the variable INTERMISSION_FEED_TOKEN, or in the file that INTERMISSION_FEED_TOKEN_FILE names."),
  FEED_CA(
      "feed.ca",
      "feed-ca",
      "FILE",
      "those that Java trusts",
      "A PEM file with the authority of the admin nodes' certificates."),
  NODE("node", "node", "NAME", "host name and port", "The name of this gateway node."),
  SHUTDOWN_DELAY(
      "shutdownDelay",
      "shutdown-delay",
      "TIME",
      "0s",
      "How long the listeners go on after SIGTERM, while /readyz says stopping already."),
  CONFIG(
      null,
      "config",
      "FILE",
      "none",
      "The YAML file; optional for the role gateway if all settings are given as options.");

  private final @Nullable String path;
  private final String name;
  private final String label;
  private final String byDefault;
  private final String description;

  Key(@Nullable String path, String name, String label, Object byDefault, String description) {
    this.path = path;
    this.name = name;
    this.label = label;
    this.byDefault = byDefault.toString();
    this.description = description;
  }

  /**
   * Returns its path in the file, with dots between the names, or null if it is not in the file.
   */
  public @Nullable String path() {
    return path;
  }

  /** Returns the option, such as {@code --admin-port}. */
  public String option() {
    return "--" + name;
  }

  /** Returns the variable, such as {@code INTERMISSION_ADMIN_PORT}. */
  public String variable() {
    return "INTERMISSION_" + name.replace('-', '_').toUpperCase(Locale.ROOT);
  }

  /** Returns the placeholder of the value in the help. */
  public String label() {
    return label;
  }

  /** Returns a description of the default. */
  public String byDefault() {
    return byDefault;
  }

  /** Returns the description. */
  public String description() {
    return description;
  }

  /** Returns the key with this option, or null if there is none. */
  public static @Nullable Key ofOption(String option) {
    for (Key key : values()) {
      if (Objects.equals(key.option(), option)) {
        return key;
      }
    }
    return null;
  }
}
