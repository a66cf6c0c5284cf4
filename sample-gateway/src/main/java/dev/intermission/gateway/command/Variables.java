package dev.intermission.gateway.command;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * What the environment says: {@code INTERMISSION_ADMIN_PORT} stands for {@code --admin-port} where
 * that is not given, and so on. An empty variable says nothing.
 */
final class Variables implements IDefaultValueProvider {

  private static final String PREFIX = "INTERMISSION_";
  private static final String ADMIN_TOKEN = PREFIX + "ADMIN_TOKEN";
  private static final String FEED_TOKEN = PREFIX + "FEED_TOKEN";

  private static final Set<String> OPTIONS =
      Set.of(
          "--port",
          "--host",
          "--admin-port",
          "--admin-host",
          "--data",
          "--database",
          "--environment",
          "--role",
          "--front",
          "--node",
          "--feed",
          "--feed-ca",
          "--config");

  private final Map<String, String> environment;

  Variables(Map<String, String> environment) {
    this.environment = Map.copyOf(environment);
  }

  @Override
  public @Nullable String defaultValue(ArgSpec argument) {
    return argument instanceof OptionSpec option && OPTIONS.contains(option.longestName())
        ? value(name(option))
        : null;
  }

  /** Returns the variable that the option's value is from, or null if it is from none. */
  @Nullable String setFor(@Nullable ArgSpec argument, String... arguments) {
    if (argument instanceof OptionSpec option
        && defaultValue(option) != null
        && Stream.of(arguments).noneMatch(given -> given.startsWith(option.longestName()))) {
      return name(option);
    }
    return null;
  }

  /** Returns the token that admin is to have, or null where one is to be made. */
  @Nullable String adminToken() {
    return value(ADMIN_TOKEN);
  }

  /** Returns the token with which the feed is followed, or null where there is none. */
  @Nullable String feedToken() {
    return value(FEED_TOKEN);
  }

  private static String name(OptionSpec option) {
    return PREFIX + option.longestName().substring(2).replace('-', '_').toUpperCase(Locale.ROOT);
  }

  private @Nullable String value(String name) {
    String value = environment.get(name);
    return value == null || value.isEmpty() ? null : value;
  }
}
