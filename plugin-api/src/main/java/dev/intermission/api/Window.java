package dev.intermission.api;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * From when until when a proxy is closed while its maintenance is enabled (contract section 2).
 *
 * @param startsAt when it closes, null for at once
 * @param endsAt when the maintenance is to end, null if that is not known; later than startsAt
 * @param reopenAtEnd whether gateways open the proxy by themselves at that time
 */
public record Window(@Nullable Moment startsAt, @Nullable Moment endsAt, boolean reopenAtEnd) {

  /** Closed at once, until somebody opens it. */
  public static final Window NONE = new Window(null, null, false);

  /** Returns whether the proxy is to be closed at this time, or was before. */
  public boolean hasStarted(Instant now) {
    return startsAt == null || !now.isBefore(startsAt.instant());
  }

  /** Returns whether there is an end, and it has passed. */
  public boolean hasEnded(Instant now) {
    return endsAt != null && !now.isBefore(endsAt.instant());
  }

  /** Returns whether a proxy with this window is closed at this time. */
  public boolean isClosedAt(Instant now) {
    return hasStarted(now) && !(reopenAtEnd && hasEnded(now));
  }

  /** Returns whether a proxy with this window is closed whatever the time is. */
  public boolean isClosedAtAllTimes() {
    return startsAt == null && !reopenAtEnd;
  }

  List<FieldError> faults() {
    boolean inOrder =
        startsAt == null || endsAt == null || endsAt.instant().isAfter(startsAt.instant());
    return inOrder
        ? List.of()
        : List.of(
            new FieldError(
                "endsAt", "is " + endsAt + "; allowed is a time later than startsAt, " + startsAt));
  }
}
