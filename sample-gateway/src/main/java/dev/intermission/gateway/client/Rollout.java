package dev.intermission.gateway.client;

import com.fasterxml.jackson.databind.JsonNode;
import dev.intermission.gateway.client.output.CommandFailure;
import dev.intermission.gateway.client.output.Exit;
import dev.intermission.gateway.client.proxies.ProxyState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Makes a change, and shows the gateway nodes as they take it: the management API answers when all
 * have, so it is asked meanwhile what each node serves.
 */
final class Rollout {

  private static final long BETWEEN_LOOKS_MILLIS = 300;

  /** How long nodes are waited for when the answer to the change was lost. */
  private static final Duration LONGEST = Duration.ofSeconds(15);

  /**
   * A gateway node that has to take the change.
   *
   * @param detail what the management API says of it
   */
  record NodeReport(String environment, String name, boolean success, String detail) {}

  /**
   * What became of it.
   *
   * @param answer the answer, or null if it was lost and the change is saved
   */
  record Result(@Nullable JsonNode answer, List<NodeReport> nodes) {

    /** Tells whether every live node has it; without the answer only the nodes can tell. */
    boolean isEverywhere() {
      if (answer == null && nodes.isEmpty()) {
        return false;
      }
      return nodes.stream().allMatch(NodeReport::success)
          && (answer == null || deployment(answer).path("success").asBoolean(true));
    }

    /** Tells whether the answer has a warning with this code. */
    boolean warns(String code) {
      return answer != null && answer.path("warnings").findValuesAsText("code").contains(code);
    }

    /** Returns which nodes do not have it, in a sentence. */
    String behind() {
      List<String> behind =
          nodes.stream()
              .filter(node -> !node.success())
              .map(node -> node.name() + " in " + node.environment())
              .toList();
      if (answer == null && behind.isEmpty()) {
        return "It is saved, but the answer was lost, and no gateway was seen that serves it. 'intermission status' says where it is in force.";
      }
      return behind.isEmpty()
          ? "It is saved and deployed, but no gateway has taken it."
          : "It is saved and deployed, but not served yet by "
              + String.join(", ", behind)
              + ". A gateway takes it as soon as it reaches an admin node.";
    }
  }

  private final Session session;
  private final List<ProxyState> before;
  private final Map<List<String>, NodeReport> seen = new LinkedHashMap<>();

  /**
   * Makes it.
   *
   * @param before the states to watch, as they are before the change
   */
  Rollout(Session session, List<ProxyState> before) {
    this.session = session;
    this.before = before;
  }

  /** Makes it; an operator who interrupts it is told that it may be saved. */
  Result of(Callable<@Nullable JsonNode> change) {
    InterruptionNotice notice = InterruptionNotice.begun(session.output());
    try {
      return toTheEnd(change);
    } finally {
      notice.end();
    }
  }

  /** Makes it for a caller that sees to interruptions itself. */
  Result toTheEnd(Callable<@Nullable JsonNode> change) {
    FutureTask<@Nullable JsonNode> task = new FutureTask<>(change);
    Thread thread = new Thread(task, "change");
    thread.setDaemon(true);
    thread.start();
    JsonNode answer = await(task);
    List<NodeReport> nodes = answer == null ? awaitNodes() : fromAnswer(answer);
    nodes.forEach(this::show);
    return new Result(answer, nodes);
  }

  private @Nullable JsonNode await(FutureTask<@Nullable JsonNode> task) {
    while (true) {
      try {
        return task.get(BETWEEN_LOOKS_MILLIS, TimeUnit.MILLISECONDS);
      } catch (TimeoutException e) {
        look();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new CommandFailure(Exit.FAILED, "It was interrupted; the change may be saved", e);
      } catch (ExecutionException e) {
        if (e.getCause() instanceof CommandFailure failure) {
          throw failure;
        }
        throw new IllegalStateException(e.getCause());
      }
    }
  }

  /** Shows the nodes that have taken it since the last look. */
  private List<NodeReport> look() {
    List<NodeReport> nodes = new ArrayList<>();
    for (ProxyState state : before) {
      try {
        nodes.addAll(serving(state));
      } catch (CommandFailure e) {
        // Only shows how far it is; the change itself says what went wrong.
        session.output().passing("Waiting for the gateways");
        return List.of();
      }
    }
    nodes.stream().filter(NodeReport::success).forEach(this::show);
    List<String> missing =
        nodes.stream().filter(node -> !node.success()).map(NodeReport::name).toList();
    if (!missing.isEmpty()) {
      session.output().passing("Waiting for " + String.join(", ", missing));
    }
    return nodes;
  }

  private List<NodeReport> serving(ProxyState state) {
    JsonNode record =
        session
            .api()
            .get(state.proxy().path("environments", state.environment(), "route-health"))
            .body()
            .at("/resultList/0");
    boolean changed = record.path("revision").asInt() > state.revision();
    List<NodeReport> nodes = new ArrayList<>();
    for (JsonNode pod : record.path("pods")) {
      if (pod.path("active").asBoolean()) {
        boolean taken = changed && !pod.path("inconsistent").asBoolean();
        nodes.add(
            new NodeReport(
                state.environment(),
                pod.path("name").asText(),
                taken,
                taken ? "" : "does not serve it yet"));
      }
    }
    return nodes;
  }

  private List<NodeReport> awaitNodes() {
    Instant end = Instant.now().plus(LONGEST);
    while (true) {
      List<NodeReport> nodes = look();
      boolean everywhere = !nodes.isEmpty() && nodes.stream().allMatch(NodeReport::success);
      if (everywhere || Instant.now().isAfter(end)) {
        return nodes;
      }
      try {
        Thread.sleep(BETWEEN_LOOKS_MILLIS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return nodes;
      }
    }
  }

  /** Returns the result of the deployment: an operation has it among its own fields. */
  private static JsonNode deployment(JsonNode answer) {
    JsonNode own = answer.path("deploymentResult");
    return own.isMissingNode() ? answer.at("/resultList/0/deploymentResult") : own;
  }

  private static List<NodeReport> fromAnswer(JsonNode answer) {
    List<NodeReport> nodes = new ArrayList<>();
    for (JsonNode node : deployment(answer).path("detailList")) {
      nodes.add(
          new NodeReport(
              node.path("envName").asText(),
              node.path("podName").asText(),
              node.path("success").asBoolean(),
              node.path("detail").asText()));
    }
    return nodes;
  }

  private void show(NodeReport node) {
    NodeReport former = seen.put(List.of(node.environment(), node.name()), node);
    if (former == null || former.success() != node.success()) {
      session
          .output()
          .progress(
              "  "
                  + node.environment()
                  + "  "
                  + node.name()
                  + (node.success() ? "  took it" : "  is BEHIND: " + node.detail()));
    }
  }
}
