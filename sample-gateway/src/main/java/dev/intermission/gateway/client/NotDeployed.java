package dev.intermission.gateway.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import dev.intermission.gateway.client.proxies.FieldDifferences;
import dev.intermission.gateway.client.proxies.ProxyState;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What somebody saved of an API proxy's maintenance settings and did not deploy in an environment:
 * any deployment there puts it in force.
 *
 * @param differences the fields, or null if something is not deployed and it can't be told what
 */
record NotDeployed(@Nullable FieldDifferences differences) {

  /** Why it can't be told. */
  static final String UNKNOWN =
      "which settings differ can't be told, since the record of those in force was deleted from the history";

  /** Returns it; nothing where the proxy is not deployed. */
  static NotDeployed of(Session session, ProxyState state) {
    // Only a line that is told to differ is worth two more calls.
    if (!state.deployed() || !state.redeployRequired()) {
      return new NotDeployed(new FieldDifferences(List.of()));
    }
    JsonNode inForce = session.proxies().inForceIfKept(state);
    return new NotDeployed(
        inForce == null
            ? null
            : FieldDifferences.of(inForce, session.proxies().saved(state.proxy())));
  }

  boolean isEmpty() {
    return differences != null && differences.changes().isEmpty();
  }

  /** Tells whether it can be told. */
  boolean isKnown() {
    return differences != null;
  }

  /** Returns the differences, or null in JSON if they can't be told. */
  JsonNode json() {
    return differences == null ? NullNode.getInstance() : differences.json();
  }

  /** Returns a line for each field, indented. */
  String lines() {
    return differences == null
        ? "  " + UNKNOWN
        : differences.lines().stream().map(line -> "  " + line).collect(Collectors.joining("\n"));
  }
}
