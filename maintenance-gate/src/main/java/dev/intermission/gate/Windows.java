package dev.intermission.gate;

import dev.intermission.api.DeployedProxy;
import dev.intermission.api.MaintenanceSettings;
import dev.intermission.api.Moment;
import dev.intermission.api.ProxyId;
import dev.intermission.api.SnapshotDelta;
import dev.intermission.api.Window;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How far the windows of the deployed proxies are. What has begun or ended stays so, even if the
 * clock goes back: a closed API does not open before its end, and one that was reopened does not
 * close again. Another deployment with the same start or end goes on from there. Guarded by its
 * gate.
 */
final class Windows {

  private final Map<ProxyId, Progress> all = new HashMap<>();

  /** How far the window of one proxy is. */
  private static final class Progress {

    private final Window window;
    private boolean started;
    private boolean ended;

    Progress(Window window) {
      this.window = window;
    }

    boolean isClosed() {
      return started && !(window.reopenAtEnd() && ended);
    }

    /** Returns whether the proxy was closed or opened by this. */
    boolean advance(Instant now) {
      boolean before = isClosed();
      started = started || window.hasStarted(now);
      ended = ended || window.hasEnded(now);
      return before != isClosed();
    }

    void goOnFrom(Progress before) {
      started = before.started && isSame(window.startsAt(), before.window.startsAt());
      ended = before.ended && isSame(window.endsAt(), before.window.endsAt());
    }

    private static boolean isSame(@Nullable Moment one, @Nullable Moment other) {
      if (one == null || other == null) {
        return one == null && other == null;
      }
      return one.instant().equals(other.instant());
    }

    /** Returns when it opens or closes next, or {@link Instant#MAX}. */
    Instant nextChange() {
      if (!started && window.startsAt() != null) {
        return window.startsAt().instant();
      }
      return window.reopenAtEnd() && !ended && window.endsAt() != null
          ? window.endsAt().instant()
          : Instant.MAX;
    }

    /** Returns until when something of it depends on the time. */
    Instant lastBoundary() {
      Instant start = window.startsAt() == null ? Instant.MIN : window.startsAt().instant();
      return window.endsAt() == null
          ? start
          : Instant.ofEpochSecond(RetryTime.ceilingSecond(window.endsAt().instant()));
    }
  }

  /** Follows the changes of a deployment; returns whether a window came or went. */
  boolean take(SnapshotDelta delta, Instant now) {
    boolean changed = false;
    for (DeployedProxy deployed : delta.deployed()) {
      Progress before = all.remove(deployed.id());
      changed |= before != null;
      MaintenanceSettings settings = deployed.settings();
      if (settings.enabled() && !settings.window().equals(Window.NONE)) {
        Progress progress = new Progress(settings.window());
        if (before != null) {
          progress.goOnFrom(before);
        }
        progress.advance(now);
        all.put(deployed.id(), progress);
        changed = true;
      }
    }
    for (ProxyId undeployed : delta.undeployed()) {
      changed |= all.remove(undeployed) != null;
    }
    return changed;
  }

  /** Returns the proxies that are closed or opened by their windows now, and were not before. */
  List<ProxyId> advance(Instant now) {
    List<ProxyId> changed = new ArrayList<>();
    all.forEach(
        (id, progress) -> {
          if (progress.advance(now)) {
            changed.add(id);
          }
        });
    return changed;
  }

  /** Returns whether a proxy that was taken is closed. */
  boolean isClosed(DeployedProxy deployed) {
    MaintenanceSettings settings = deployed.settings();
    if (!settings.enabled() || settings.window().equals(Window.NONE)) {
      return settings.enabled();
    }
    Progress progress = all.get(deployed.id());
    return progress != null && progress.isClosed();
  }

  /** Returns when the next proxy opens or closes; {@link Instant#MAX} for never. */
  Instant nextChange() {
    return all.values().stream()
        .map(Progress::nextChange)
        .min(Instant::compareTo)
        .orElse(Instant.MAX);
  }

  /** Returns the time after which nothing depends on the time any more. */
  Instant lastBoundary() {
    return all.values().stream()
        .map(Progress::lastBoundary)
        .max(Instant::compareTo)
        .orElse(Instant.MIN);
  }
}
