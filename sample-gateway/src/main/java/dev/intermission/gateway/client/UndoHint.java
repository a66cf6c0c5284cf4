package dev.intermission.gateway.client;

import dev.intermission.gateway.client.proxies.ProxyName;
import dev.intermission.gateway.client.proxies.ProxyState;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Knows what to type to undo the change of one API proxy. */
final class UndoHint {

  private UndoHint() {}

  /** Returns the commands, each as its words: as many as environments that stood differently. */
  static List<List<String>> of(String verb, TargetOptions targets, Selected before) {
    ProxyName proxy = before.one();
    String name = targets.names.isEmpty() ? proxy.toString() : targets.names.get(0);
    Set<String> opened = new TreeSet<>();
    List<List<String>> rollbacks = new ArrayList<>();
    for (ProxyState state : before.affected()) {
      if (verb.equals("close") && !state.closed() && state.startsAt() == null) {
        opened.add(state.environment());
      } else if (state.revision() > 0) {
        rollbacks.add(
            List.of(
                "rollback",
                name,
                String.valueOf(state.revision()),
                "--environment",
                state.environment()));
      }
    }
    List<List<String>> commands = new ArrayList<>();
    if (!opened.isEmpty()) {
      // Where it stood differently elsewhere, it is opened only where it was open.
      boolean everywhere = opened.size() == before.affected().size();
      List<String> open = new ArrayList<>(List.of("open", name));
      (everywhere ? targets.environments() : opened)
          .forEach(one -> open.addAll(List.of("--environment", one)));
      commands.add(open);
    }
    commands.addAll(rollbacks);
    return List.copyOf(commands);
  }
}
