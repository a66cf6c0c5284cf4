package dev.intermission.gateway.client;

import dev.intermission.gateway.client.output.CommandFailure;
import dev.intermission.gateway.client.output.Exit;
import dev.intermission.gateway.client.proxies.ProxyDirectory;
import dev.intermission.gateway.client.proxies.ProxyName;
import dev.intermission.gateway.client.proxies.ProxyState;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The API proxies of a change, as they stood before it.
 *
 * @param states each proxy with its state in each environment
 * @param environments where the change is to be in force
 */
record Selected(SortedMap<ProxyName, List<ProxyState>> states, Set<String> environments) {

  static Selected of(TargetOptions targets, ProxyDirectory directory) {
    List<ProxyState> found = new ArrayList<>();
    if (targets.category != null) {
      found.addAll(directory.ofCategory(targets.category));
    }
    targets.names.forEach(name -> found.addAll(directory.named(name)));
    SortedMap<ProxyName, List<ProxyState>> states = new TreeMap<>();
    Set<String> known = new TreeSet<>();
    for (ProxyState state : found) {
      known.add(state.environment());
      List<ProxyState> ofProxy = states.computeIfAbsent(state.proxy(), any -> new ArrayList<>());
      if (!ofProxy.contains(state)) {
        ofProxy.add(state);
      }
    }
    return new Selected(states, environments(targets, found, known));
  }

  private static Set<String> environments(
      TargetOptions targets, List<ProxyState> found, Set<String> known) {
    Set<String> given = targets.environments();
    for (String environment : given) {
      if (!known.contains(environment)) {
        throw new CommandFailure(
            Exit.FAILED,
            "There is no environment '"
                + environment
                + "'; there are: "
                + String.join(", ", known));
      }
    }
    if (!given.isEmpty()) {
      return given;
    }
    Set<String> deployed = new TreeSet<>();
    found.stream().filter(ProxyState::deployed).forEach(state -> deployed.add(state.environment()));
    if (deployed.isEmpty()) {
      throw new CommandFailure(
          Exit.FAILED,
          "It is deployed nowhere, so no clients can reach it. Name an --environment to deploy it there; there are: "
              + String.join(", ", known));
    }
    return deployed;
  }

  boolean isOne() {
    return states.size() == 1;
  }

  ProxyName one() {
    return states.firstKey();
  }

  /** Returns the states in the environments of the change. */
  List<ProxyState> affected() {
    return states.values().stream()
        .flatMap(List::stream)
        .filter(state -> environments.contains(state.environment()))
        .toList();
  }
}
