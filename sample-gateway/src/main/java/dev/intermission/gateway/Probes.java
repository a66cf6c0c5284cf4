package dev.intermission.gateway;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.intermission.gateway.server.JsonResource;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Handler;

/** What a gateway tells without a token: that it lives, and whether it serves. Thread-safe. */
final class Probes {

  private volatile Phase phase = Phase.STARTING;

  private enum Phase {
    STARTING,
    RUNNING,
    STOPPING
  }

  /** Says that all has started. */
  void running() {
    phase = Phase.RUNNING;
  }

  /** Says that the gateway stops; returns whether it was not said before. */
  synchronized boolean stopping() {
    boolean isNew = phase != Phase.STOPPING;
    phase = Phase.STOPPING;
    return isNew;
  }

  /** Returns what answers {@code /healthz}. */
  Handler healthz() {
    JsonResource.State up =
        new JsonResource.State(
            HttpStatus.OK_200, JsonNodeFactory.instance.objectNode().put("status", "up"));
    return new JsonResource("/healthz", () -> up);
  }

  /**
   * Returns what answers {@code /readyz}.
   *
   * @param serves whether clients or, without a traffic side, operators get what they ask for
   * @param details adds what else there is to tell
   */
  Handler readyz(BooleanSupplier serves, Consumer<ObjectNode> details) {
    return new JsonResource(
        "/readyz",
        () -> {
          boolean ready = phase == Phase.RUNNING && serves.getAsBoolean();
          String status = phase == Phase.STOPPING ? "stopping" : ready ? "ready" : "starting";
          ObjectNode state = JsonNodeFactory.instance.objectNode().put("status", status);
          details.accept(state);
          return new JsonResource.State(
              ready ? HttpStatus.OK_200 : HttpStatus.SERVICE_UNAVAILABLE_503, state);
        });
  }
}
