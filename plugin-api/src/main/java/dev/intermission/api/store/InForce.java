package dev.intermission.api.store;

import dev.intermission.api.Moment;
import dev.intermission.api.Window;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is in force of a proxy in an environment, without its answer.
 *
 * @param revision the revision of the deployment
 * @param deployed when that was made
 * @param deployedBy who made it, null if that is not known any more
 * @param enabled whether the proxy is in maintenance
 * @param window from when until when it is closed while enabled
 * @param httpStatusCode the status of the answer
 * @param since the time of the deployment that closed or opened it; later ones left it so
 * @param sinceBy who made that deployment, null if that is not known any more
 */
public record InForce(
    long revision,
    Instant deployed,
    @Nullable String deployedBy,
    boolean enabled,
    Window window,
    int httpStatusCode,
    Instant since,
    @Nullable String sinceBy) {

  /** Returns whether the proxy is closed at this time. */
  public boolean isClosedAt(Instant now) {
    return enabled && window.isClosedAt(now);
  }

  /** Returns since when it has been closed or open as it is at this time. */
  public Instant sinceAt(Instant now) {
    Moment boundary = boundarySinceDeployment(now);
    return boundary == null ? since : boundary.instant();
  }

  /**
   * Returns who deployed what closed or opened it as it is at this time, or null if that is not
   * known any more.
   */
  public @Nullable String sinceByAt(Instant now) {
    return boundarySinceDeployment(now) == null ? sinceBy : deployedBy;
  }

  /** Returns the boundary of the window that closed or opened the proxy after its deployment. */
  private @Nullable Moment boundarySinceDeployment(Instant now) {
    if (!enabled || !window.hasStarted(now)) {
      return null;
    }
    Moment last = window.isClosedAt(now) ? window.startsAt() : window.endsAt();
    return last != null && last.instant().isAfter(deployed) ? last : null;
  }
}
