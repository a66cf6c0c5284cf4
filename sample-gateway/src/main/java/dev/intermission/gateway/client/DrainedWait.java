package dev.intermission.gateway.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.intermission.gateway.client.proxies.ProxyState;
import java.time.Duration;
import java.util.List;

/**
 * Waits until closed API proxies are drained: no request is in flight any more that passed because
 * they were open (contract section 5).
 */
final class DrainedWait {

  /** The longest that one call of the management API waits. */
  private static final long MOST_SECONDS = 25;

  private final Session session;
  private final long end;

  /** Makes a wait that ends after so long. */
  DrainedWait(Session session, Duration longest) {
    this.session = session;
    end = System.nanoTime() + longest.toNanos();
  }

  /**
   * How a proxy stands at the end of the wait.
   *
   * @param health its route health
   */
  record Found(ProxyState state, JsonNode health) {

    boolean isDrained() {
      return health.path("drained").asBoolean();
    }

    /** Returns what there is to say of it. */
    String text() {
      String where =
          state.proxy()
              + (isDrained() ? " is" : " is NOT")
              + " drained in "
              + state.environment()
              + ": ";
      return isDrained()
          ? where + "no request from before is in flight any more."
          : where + String.join(" ", reasons());
    }

    private List<String> reasons() {
      if (!state.closed()) {
        return List.of("it is not closed.");
      }
      List<String> reasons =
          health
              .path("notDrained")
              .valueStream()
              .map(each -> each.path("message").asText())
              .toList();
      return reasons.isEmpty() ? List.of("the admin node does not say why.") : reasons;
    }

    /** Adds it to the object for scripts. */
    void addTo(ArrayNode list) {
      list.addObject()
          .put("project", state.proxy().project())
          .put("name", state.proxy().name())
          .put("environment", state.environment())
          .put("drained", isDrained())
          .<ObjectNode>set("notDrained", health.withArray("notDrained"))
          .set("pods", health.path("pods"));
    }
  }

  /** Waits for these, one after the other; what is not closed does not drain. */
  List<Found> of(List<ProxyState> deployed) {
    return deployed.stream().map(this::of).toList();
  }

  /** Returns how many seconds a call waits if so much time is left; 0 if it does not wait. */
  static long secondsToAsk(Duration left) {
    return Math.max(0, Math.min(MOST_SECONDS, left.plusNanos(999_999_999).toSeconds()));
  }

  private Found of(ProxyState state) {
    if (!state.closed()) {
      ObjectNode open = JsonNodeFactory.instance.objectNode();
      open.putArray("pods");
      return new Found(state, open);
    }
    while (true) {
      long seconds = secondsToAsk(Duration.ofNanos(end - System.nanoTime()));
      session.output().passing("Waiting for requests in flight to " + state.proxy());
      JsonNode health =
          session
              .api()
              .get(
                  state.proxy().path("environments", state.environment(), "route-health")
                      + (seconds > 0 ? "?waitDrained=" + seconds : ""))
              .body()
              .at("/resultList/0");
      Found found = new Found(state, health);
      if (found.isDrained() || seconds == 0 || System.nanoTime() - end >= 0) {
        return found;
      }
    }
  }
}
