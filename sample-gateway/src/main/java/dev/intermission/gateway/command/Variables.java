package dev.intermission.gateway.command;

import dev.intermission.gateway.config.Key;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;

/**
 * The environment variables of the process: the variable of a key is used if its option is not
 * given. An empty variable counts as absent.
 */
final class Variables implements IDefaultValueProvider {

  /** The beginning of the name of each variable. */
  static final String PREFIX = "INTERMISSION_";

  private static final Logger LOG = LoggerFactory.getLogger(Variables.class);
  private static final String PORT = "_PORT";
  private static final Pattern SERVICE_LINK = Pattern.compile("(tcp|udp|sctp)://[^/]+:[0-9]+");

  private final Map<String, String> environment;
  private final Secrets secrets;

  Variables(Map<String, String> environment) {
    this.environment = Map.copyOf(environment);
    secrets = new Secrets(environment);
  }

  /**
   * Warns of each variable that Kubernetes has set in the form {@code tcp://host:port} for a
   * Service whose name makes it look like one of ours. They are ignored.
   */
  void warnOfServiceLinks() {
    for (Key key : Key.values()) {
      String name = key.variable();
      String value = environment.get(name);
      if (value != null && isServiceLink(name, value)) {
        LOG.warn(
            "The variable {} is {}, as Kubernetes sets it for a Service named '{}', and is ignored; set enableServiceLinks: false in the pod",
            name,
            value,
            name.substring(0, name.length() - PORT.length())
                .toLowerCase(Locale.ROOT)
                .replace('_', '-'));
      }
    }
  }

  private static boolean isServiceLink(String name, String value) {
    return name.endsWith(PORT) && SERVICE_LINK.matcher(value).matches();
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

  /**
   * Returns the secrets. They are not options, since other users of the machine can read arguments.
   */
  Secrets secrets() {
    return secrets;
  }

  /** Returns all variables of the process. */
  Map<String, String> all() {
    return environment;
  }

  private @Nullable String value(String name) {
    String value = environment.get(name);
    return value == null || value.isEmpty() || isServiceLink(name, value) ? null : value;
  }
}
