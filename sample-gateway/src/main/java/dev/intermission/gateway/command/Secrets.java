package dev.intermission.gateway.command;

import dev.intermission.api.TokenText;
import dev.intermission.runtime.SecretVariable;
import dev.intermission.trafficlog.connection.LogConnection;
import dev.intermission.trafficlog.connection.LogTarget;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The secrets that a process of the gateway is given, each by a {@link SecretVariable}. A secret
 * that is refused leads to an {@link IllegalArgumentException} that names the variable and never
 * holds the value.
 */
public final class Secrets {

  /** The least number of characters of a token that an operator chooses for {@code admin}. */
  static final int SHORTEST_ADMIN_TOKEN = 32;

  private static final String ADMIN_TOKEN = Variables.PREFIX + "ADMIN_TOKEN";
  private static final String FEED_TOKEN = Variables.PREFIX + "FEED_TOKEN";
  private static final String DATABASE = Variables.PREFIX + "DATABASE";

  private final Map<String, String> environment;

  /** Reads from the variables of a process. */
  public Secrets(Map<String, String> environment) {
    this.environment = Map.copyOf(environment);
  }

  /**
   * Returns the given token of the user admin, or null if there is none.
   *
   * @throws IllegalArgumentException if it can't be a token, or is shorter than 32 characters
   */
  public @Nullable String adminToken() {
    SecretVariable secret = token(ADMIN_TOKEN);
    if (secret == null) {
      return null;
    }
    if (secret.value().length() < SHORTEST_ADMIN_TOKEN) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "%s has %d characters, allowed are %d or more; 'openssl rand -hex 32' prints a good one",
              secret.variable(),
              secret.value().length(),
              SHORTEST_ADMIN_TOKEN));
    }
    return secret.value();
  }

  /**
   * Returns the token for the feed, or null if there is none.
   *
   * @throws IllegalArgumentException if it can't be a token
   */
  @Nullable String feedToken() {
    SecretVariable secret = token(FEED_TOKEN);
    return secret == null ? null : secret.value();
  }

  /** Returns the URL of the database, which may hold its password, or null if none is given. */
  @Nullable String database() {
    SecretVariable secret = read(DATABASE);
    return secret == null ? null : secret.value();
  }

  /**
   * Returns the secrets of the traffic log's connections, by the names of their variables; those
   * that are not set are left out.
   *
   * @throws IllegalArgumentException if one can't be read
   */
  Map<String, String> ofConnections(List<LogConnection> connections) {
    Map<String, String> secrets = new HashMap<>();
    for (LogConnection connection : connections) {
      if (connection.target() instanceof LogTarget.Webhook webhook) {
        for (String variable : webhook.secretFields().values()) {
          SecretVariable secret = read(variable);
          if (secret != null) {
            secrets.put(variable, secret.value());
          }
        }
      }
    }
    return secrets;
  }

  private @Nullable SecretVariable token(String name) {
    SecretVariable secret = read(name);
    if (secret != null) {
      try {
        TokenText.require(secret.value());
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException(secret.variable() + ": " + e.getMessage(), e);
      }
    }
    return secret;
  }

  private @Nullable SecretVariable read(String name) {
    return SecretVariable.read(environment, name);
  }
}
