package dev.intermission.admin.health;

import dev.intermission.api.MaintenanceSettings;
import dev.intermission.api.Window;
import dev.intermission.api.store.Deployment;
import dev.intermission.api.store.DeploymentStatus;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Finds what each snapshot version of an environment contains of one proxy: the newest version from
 * the present status of the proxy, older ones from the history, as far as its records have not been
 * deleted.
 */
final class Timeline {

  private final DeploymentStatus now;
  private final long newest;
  private final List<Deployment> records;

  /**
   * Takes what was read from the store in the order of the parameters, so that it includes every
   * version that was served before.
   *
   * @param records all of the proxy, of every environment, the newest first
   * @param newest the environment's newest version
   */
  Timeline(DeploymentStatus now, List<Deployment> records, long newest) {
    this.now = now;
    this.records = records;
    this.newest = newest;
  }

  /** Returns what the version contains of the proxy. */
  Served at(long version) {
    if (version == 0) {
      return Served.NOTHING;
    }
    if (version > newest) {
      // The store was restored from a backup, and counts these versions again.
      return Served.UNKNOWN;
    }
    if (version < now.environmentVersion()) {
      return before(version);
    }
    return now.deployed() ? new Served(true, now.revision(), now.settings()) : Served.NOTHING;
  }

  /** Returns whether the version contains exactly the present state of the proxy in the store. */
  boolean isCurrent(long version) {
    return (version >= now.environmentVersion() && version <= newest)
        || (!now.deployed() && at(version).equals(Served.NOTHING));
  }

  /** Returns whether the proxy was deployed and closed in this version and each one since. */
  boolean isClosedSince(long version) {
    return isShutSince(version, false);
  }

  /** Returns whether the proxy was closed or not deployed in this version and each one since. */
  boolean isNotOpenedSince(long version) {
    return isShutSince(version, true);
  }

  private boolean isShutSince(long version, boolean mayBeUndeployed) {
    Served then = at(version);
    if (then.deployed() == null
        || !isShut(then.deployed(), then.revision(), then.settings(), mayBeUndeployed)
        || !isShut(now.deployed(), now.revision(), now.settings(), mayBeUndeployed)) {
      return false;
    }
    if (version >= now.environmentVersion()) {
      return true;
    }
    long revision = 0;
    for (Deployment record : records) {
      if (!record.environment().equals(now.environment())) {
        continue;
      }
      if (record.environmentVersion() <= version) {
        revision = record.revision();
        break;
      }
      if (!isShut(record.deployed(), record.revision(), record.settings(), mayBeUndeployed)) {
        return false;
      }
    }
    long from = revision;
    long until = now.revision() == null ? 0 : now.revision();
    // A record that was deleted may have opened it.
    return records.stream().filter(r -> r.revision() > from && r.revision() <= until).count()
        == until - from;
  }

  /** A window opens and closes without a version, so only the present one is known to be closed. */
  private boolean isShut(
      boolean deployed,
      @Nullable Long revision,
      @Nullable MaintenanceSettings settings,
      boolean mayBeUndeployed) {
    if (!deployed || settings == null) {
      return mayBeUndeployed;
    }
    return settings.enabled()
        && (settings.window().equals(Window.NONE) || Objects.equals(revision, now.revision()));
  }

  private Served before(long version) {
    Deployment last = null;
    Deployment next = null;
    for (Deployment record : records) {
      if (!record.environment().equals(now.environment())) {
        continue;
      }
      if (record.environmentVersion() <= version) {
        last = record;
        break;
      }
      next = record;
    }
    if (!isWhole(last, next)) {
      return Served.UNKNOWN;
    }
    return last == null || !last.deployed()
        ? Served.NOTHING
        : new Served(true, last.revision(), last.settings());
  }

  /**
   * Returns whether no record between the two may have been deleted: revisions count up over all
   * environments, so a gap in them may be one of this environment.
   */
  private boolean isWhole(@Nullable Deployment last, @Nullable Deployment next) {
    long from = last == null ? 0 : last.revision();
    if (next == null) {
      // A changed definition makes a newer version without a record.
      return now.deployed() && Objects.equals(now.revision(), from);
    }
    long until = next.revision();
    long between =
        records.stream().filter(r -> r.revision() > from && r.revision() < until).count();
    return between == until - from - 1;
  }
}
