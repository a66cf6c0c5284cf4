package dev.intermission.admin.deployment;

import dev.intermission.admin.http.Refusal;
import dev.intermission.api.MaintenanceSettings;
import dev.intermission.api.ProxyId;
import dev.intermission.api.store.DeploymentRequest;
import dev.intermission.feed.server.AdminFeed;
import dev.intermission.feed.server.NodeView;
import dev.intermission.json.JsonForm;
import dev.intermission.json.SettingsJson;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Refuses to deploy settings that a live gateway can't read as they are meant (contract section 5).
 * An older program skips a field that it does not know: it would close at once what the field says
 * for later.
 */
public final class ReadableByNodes {

  private final Function<String, List<NodeView>> nodes;

  private ReadableByNodes(Function<String, List<NodeView>> nodes) {
    this.nodes = nodes;
  }

  ReadableByNodes(AdminFeed feed) {
    this(feed::nodes);
  }

  /**
   * Returns a check of many settings, which asks for the gateways of each environment once. For one
   * call and one thread.
   */
  ReadableByNodes forMany() {
    Map<String, List<NodeView>> known = new HashMap<>();
    return new ReadableByNodes(environment -> known.computeIfAbsent(environment, nodes));
  }

  /**
   * Checks settings before they are saved.
   *
   * @throws Refusal if a live gateway of an environment can't read them
   */
  public void require(ProxyId id, MaintenanceSettings settings, List<DeploymentRequest> deployTo) {
    require(id, SettingsJson.FORM.used(settings), deployTo);
  }

  /**
   * Checks fields that are used, given by name with the number of the format that each came with.
   *
   * @throws Refusal if a live gateway of an environment does not know one of them
   */
  void require(ProxyId id, Map<String, Integer> used, List<DeploymentRequest> deployTo) {
    int needed = used.values().stream().reduce(JsonForm.FIRST_FORMAT, Math::max);
    if (needed == JsonForm.FIRST_FORMAT) {
      return;
    }
    for (DeploymentRequest request : deployTo) {
      List<NodeView> older =
          nodes.apply(request.environment()).stream()
              .filter(node -> node.live() && node.format() < needed)
              .toList();
      if (!older.isEmpty()) {
        int oldest = older.stream().mapToInt(NodeView::format).min().orElse(needed);
        throw Refusal.notReadable(
            id.name(),
            request.environment(),
            used.entrySet().stream()
                .filter(field -> field.getValue() > oldest)
                .map(Map.Entry::getKey)
                .toList(),
            older.stream().map(NodeView::name).toList());
      }
    }
  }
}
