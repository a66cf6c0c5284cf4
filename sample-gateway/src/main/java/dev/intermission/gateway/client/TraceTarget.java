package dev.intermission.gateway.client;

import dev.intermission.gateway.client.output.CommandFailure;
import dev.intermission.gateway.client.output.Exit;
import dev.intermission.gateway.client.proxies.ProxyState;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Finds the one environment in which an API proxy is traced. */
final class TraceTarget {

  private TraceTarget() {}

  /**
   * Returns how the proxy stands there.
   *
   * @param states how it stands everywhere
   * @param environment what was given, or null
   * @throws CommandFailure if it is not deployed there, or it is not clear where
   */
  static ProxyState of(List<ProxyState> states, @Nullable String environment) {
    List<ProxyState> deployed = states.stream().filter(ProxyState::deployed).toList();
    if (deployed.isEmpty()) {
      throw new CommandFailure(
          Exit.FAILED, states.get(0).proxy() + " is deployed nowhere, so it has no requests.");
    }
    if (environment == null) {
      if (deployed.size() > 1) {
        throw new CommandFailure(
            Exit.USAGE,
            states.get(0).proxy()
                + " is deployed in several environments; say with --env in which of them: "
                + names(deployed));
      }
      return deployed.get(0);
    }
    return deployed.stream()
        .filter(state -> state.environment().equals(environment))
        .findFirst()
        .orElseThrow(
            () ->
                new CommandFailure(
                    Exit.FAILED,
                    states.get(0).proxy()
                        + " is not deployed in an environment '"
                        + environment
                        + "'; it is in: "
                        + names(deployed)));
  }

  private static String names(List<ProxyState> states) {
    return states.stream().map(ProxyState::environment).collect(Collectors.joining(", "));
  }
}
