package dev.intermission.admin.deployment;

import dev.intermission.admin.deployment.DeploymentResult.AtGateway;
import dev.intermission.admin.deployment.DeploymentResult.InEnvironment;
import dev.intermission.feed.server.NodeView;
import java.time.Duration;
import java.util.List;

/**
 * What became of a deployment in one environment.
 *
 * @param summary the environment's result
 * @param gateways the result of each of its live gateways
 */
record AtGateways(InEnvironment summary, List<AtGateway> gateways) {

  private static final int NAMED_NODES = 10;

  /**
   * The words for what was done.
   *
   * @param done Deployment or Undeployment
   * @param ofNone what is said if no gateway is live
   */
  record Words(String done, String ofNone, String environment, Duration timeout) {

    static Words of(boolean deployed, String environment, Duration timeout) {
      String ofNone = "; no gateway is running in " + environment;
      return deployed
          ? new Words(
              "Deployment", ofNone + ", the next one to start serves it", environment, timeout)
          : new Words("Undeployment", ofNone, environment, timeout);
    }

    private String successful() {
      return done + " successful";
    }

    private String late() {
      return "did not take it within " + timeout.toMillis() + " ms";
    }
  }

  /** Returns the results by what the gateways serve now, so long after they were notified. */
  static AtGateways of(List<NodeView> nodes, long version, Duration elapsed, Words words) {
    List<NodeView> live = nodes.stream().filter(NodeView::live).toList();
    List<String> behind =
        live.stream().filter(node -> node.servedVersion() < version).map(NodeView::name).toList();
    return new AtGateways(
        new InEnvironment(words.environment(), behind.isEmpty(), text(live.size(), behind, words)),
        live.stream().map(node -> gateway(node, version, elapsed, words)).toList());
  }

  /** Returns the result where it is not known what the gateways serve. */
  static AtGateways unknown(Words words, String why) {
    return new AtGateways(
        new InEnvironment(
            words.environment(), false, words.done() + " is saved and in force; " + why),
        List.of());
  }

  private static AtGateway gateway(NodeView node, long version, Duration elapsed, Words words) {
    boolean serves = node.servedVersion() >= version;
    // A gateway was heard of last when it said that it serves the version.
    Duration taken = serves ? elapsed.minus(node.age()) : elapsed;
    return new AtGateway(
        words.environment(),
        node.name(),
        node.ip(),
        serves,
        serves ? words.successful() : "The gateway " + words.late(),
        Math.max(0, taken.toMillis()));
  }

  private static String text(int live, List<String> behind, Words words) {
    if (live == 0) {
      return words.successful() + words.ofNone();
    }
    if (behind.isEmpty()) {
      return words.successful();
    }
    String more =
        behind.size() > NAMED_NODES ? " and " + (behind.size() - NAMED_NODES) + " more" : "";
    return words.done()
        + " is saved and stays in force, but "
        + behind.size()
        + " of "
        + live
        + " gateways "
        + words.late()
        + " and will when they are back: "
        + String.join(", ", behind.subList(0, Math.min(NAMED_NODES, behind.size())))
        + more;
  }
}
