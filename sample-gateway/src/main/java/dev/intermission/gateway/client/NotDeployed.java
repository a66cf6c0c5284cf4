package dev.intermission.gateway.client;

import dev.intermission.gateway.client.proxies.FieldDifferences;
import dev.intermission.gateway.client.proxies.ProxyState;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What somebody saved of an API proxy's maintenance settings and did not deploy in an environment:
 * any deployment there puts it in force.
 */
record NotDeployed(FieldDifferences differences) {

  /** Returns it; nothing where the proxy is not deployed. */
  static NotDeployed of(Session session, ProxyState state) {
    // Only a line that is told to differ is worth two more calls.
    return new NotDeployed(
        state.deployed() && state.redeployRequired()
            ? FieldDifferences.of(
                session.proxies().inForce(state), session.proxies().saved(state.proxy()))
            : new FieldDifferences(List.of()));
  }

  boolean isEmpty() {
    return differences.changes().isEmpty();
  }

  /** Returns a line for each field, indented. */
  String lines() {
    return differences.lines().stream().map(line -> "  " + line).collect(Collectors.joining("\n"));
  }
}
