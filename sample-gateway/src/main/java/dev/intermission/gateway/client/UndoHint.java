package dev.intermission.gateway.client;

import dev.intermission.gateway.client.proxies.ProxyName;
import dev.intermission.gateway.client.proxies.ProxyState;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Knows what to type to undo the change of one API proxy. */
final class UndoHint {

  private UndoHint() {}

  /** Returns the commands, each as its words: as many as environments that stood differently. */
  static List<List<String>> of(String verb, TargetOptions targets, Selected before) {
    ProxyName proxy = before.one();
    String name = targets.names.isEmpty() ? proxy.toString() : targets.names.get(0);
    Set<List<String>> commands = new LinkedHashSet<>();
    for (ProxyState state : before.affected()) {
      if (verb.equals("close") && !state.closed() && state.startsAt() == null) {
        List<String> open = new ArrayList<>(List.of("open", name));
        targets.environments().forEach(one -> open.addAll(List.of("--environment", one)));
        commands.add(open);
      } else if (state.revision() > 0) {
        commands.add(
            List.of(
                "rollback",
                name,
                String.valueOf(state.revision()),
                "--environment",
                state.environment()));
      }
    }
    return List.copyOf(commands);
  }
}
