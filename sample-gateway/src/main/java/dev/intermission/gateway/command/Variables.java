package dev.intermission.gateway.command;

import dev.intermission.gateway.config.Key;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;

/**
 * What the environment says: the variable of a key stands for its option where that is not given.
 * An empty variable says nothing.
 */
final class Variables implements IDefaultValueProvider {

  /** What the name of each variable begins with. */
  static final String PREFIX = "INTERMISSION_";

  private final Map<String, String> environment;
  private final Secrets secrets;

  Variables(Map<String, String> environment) {
    this.environment = Map.copyOf(environment);
    secrets = new Secrets(environment);
  }

  @Override
  public @Nullable String defaultValue(ArgSpec argument) {
    Key key = argument instanceof OptionSpec option ? Key.ofOption(option.longestName()) : null;
    if (key != Key.DATABASE) {
      return key == null ? null : value(key.variable());
    }
    try {
      return secrets.database();
    } catch (IllegalArgumentException e) {
      throw new ParameterException(
          argument.command().commandLine(), String.valueOf(e.getMessage()), e);
    }
  }

  /** Returns the secrets, which are no options: other users of the machine see arguments. */
  Secrets secrets() {
    return secrets;
  }

  private @Nullable String value(String name) {
    String value = environment.get(name);
    return value == null || value.isEmpty() ? null : value;
  }
}
