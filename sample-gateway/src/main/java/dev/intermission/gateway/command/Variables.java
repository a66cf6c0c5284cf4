package dev.intermission.gateway.command;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;

/**
 * What the environment says: {@code INTERMISSION_ADMIN_PORT} stands for {@code --admin-port} where
 * that is not given, and so on. An empty variable says nothing.
 */
final class Variables implements IDefaultValueProvider {

  /** What the name of each variable begins with. */
  static final String PREFIX = "INTERMISSION_";

  private static final String DATABASE = "--database";

  private static final Set<String> OPTIONS =
      Set.of(
          "--port",
          "--host",
          "--admin-port",
          "--admin-host",
          "--data",
          DATABASE,
          "--environment",
          "--role",
          "--front",
          "--node",
          "--feed",
          "--feed-ca",
          "--config");

  private final Map<String, String> environment;
  private final Secrets secrets;

  Variables(Map<String, String> environment) {
    this.environment = Map.copyOf(environment);
    secrets = new Secrets(environment);
  }

  @Override
  public @Nullable String defaultValue(ArgSpec argument) {
    if (!(argument instanceof OptionSpec option) || !OPTIONS.contains(option.longestName())) {
      return null;
    }
    if (!option.longestName().equals(DATABASE)) {
      return value(name(option));
    }
    try {
      return secrets.database();
    } catch (IllegalArgumentException e) {
      throw new ParameterException(
          option.command().commandLine(), String.valueOf(e.getMessage()), e);
    }
  }

  /** Returns the variable that the option's value is from, or null if it is from none. */
  @Nullable String setFor(@Nullable ArgSpec argument, String... arguments) {
    if (argument instanceof OptionSpec option
        && OPTIONS.contains(option.longestName())
        && value(name(option)) != null
        && Stream.of(arguments).noneMatch(given -> given.startsWith(option.longestName()))) {
      return name(option);
    }
    return null;
  }

  /** Returns the secrets, which are no options: other users of the machine see arguments. */
  Secrets secrets() {
    return secrets;
  }

  private static String name(OptionSpec option) {
    return PREFIX + option.longestName().substring(2).replace('-', '_').toUpperCase(Locale.ROOT);
  }

  private @Nullable String value(String name) {
    String value = environment.get(name);
    return value == null || value.isEmpty() ? null : value;
  }
}
