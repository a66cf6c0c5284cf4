package dev.intermission.admin.deployment;

import dev.intermission.admin.http.LoggedChange;
import dev.intermission.api.store.Deployment;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Deployments that are committed.
 *
 * @param deployments what was committed
 * @param result what became of each at the gateways, in the same order
 */
public record Deployed(List<Deployment> deployments, DeploymentResult result) {

  private static final String NOTHING_TO_ADD = " successful";

  public Deployed {
    deployments = List.copyOf(deployments);
  }

  /** Returns what the deployments changed, in these words. */
  public List<LoggedChange> changes(Function<Deployment, String> words) {
    List<LoggedChange> changes = new ArrayList<>();
    for (int i = 0; i < deployments.size(); i++) {
      String message = result.deploymentResults().get(i).message();
      changes.add(
          new LoggedChange(
              words.apply(deployments.get(i)), message.endsWith(NOTHING_TO_ADD) ? "" : message));
    }
    return changes;
  }
}
