package dev.intermission.feed.node;

import dev.intermission.api.Snapshot;
import dev.intermission.api.SnapshotDelta;
import dev.intermission.runtime.FailureLog;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * What this node serves, and how changes of it are put in force: never what is of another
 * environment, does not follow on what is served, or is not newer. For one thread.
 */
final class AppliedSnapshot {

  private final String environment;
  private final Consumer<Snapshot> consumer;
  private final FailureLog refusals =
      new FailureLog(LoggerFactory.getLogger(AppliedSnapshot.class));

  private Snapshot snapshot;
  private @Nullable Instant taken;
  private boolean delivered;
  private boolean fromDisk;

  /** Serves nothing yet. */
  AppliedSnapshot(String environment, Consumer<Snapshot> consumer) {
    this.environment = environment;
    this.consumer = consumer;
    snapshot = Snapshot.empty(environment);
  }

  /** Puts in force what was kept on the disk. */
  void restore(SnapshotFile.Loaded loaded) {
    deliver(loaded.snapshot(), loaded.taken(), true);
  }

  /**
   * Puts in force what an admin node answered.
   *
   * @param changes what comes after {@link #version}, or empty if nothing does
   * @throws FeedException if that can't be; what was in force stays so
   */
  void take(Optional<SnapshotDelta> changes) throws FeedException {
    if (changes.isEmpty() && delivered) {
      fromDisk = false;
      return;
    }
    Snapshot next = changes.isEmpty() ? snapshot : next(changes.get());
    try {
      deliver(next, Instant.now(), false);
    } catch (RuntimeException e) {
      refusals.failed(
          "Version " + next.version() + " of " + environment + " was not put in force", e);
      throw new FeedException("its version " + next.version() + " can't be put in force", e);
    }
  }

  private void deliver(Snapshot next, Instant time, boolean disk) {
    consumer.accept(next);
    snapshot = next;
    taken = time;
    delivered = true;
    fromDisk = disk;
  }

  private Snapshot next(SnapshotDelta delta) throws FeedException {
    if (!delta.environment().equals(environment)) {
      throw new FeedException("it answers with the environment " + delta.environment(), null);
    }
    if (delivered && delta.version() <= snapshot.version()) {
      throw new FeedException(
          "it answers with version "
              + delta.version()
              + ", not newer than "
              + snapshot.version()
              + ", which is in force",
          null);
    }
    if (delta.fromVersion() != 0 && delta.fromVersion() != snapshot.version()) {
      throw new FeedException(
          "it answers with changes from version "
              + delta.fromVersion()
              + ", asked for were those from "
              + snapshot.version(),
          null);
    }
    return (delta.fromVersion() == 0 ? Snapshot.empty(environment) : snapshot).plus(delta);
  }

  /** Returns what is in force; empty, of version 0, before the first. */
  Snapshot snapshot() {
    return snapshot;
  }

  /** Returns the version that is in force; 0 before the first. */
  long version() {
    return snapshot.version();
  }

  /** Returns whether anything is in force. */
  boolean isDelivered() {
    return delivered;
  }

  /** Returns when an admin node told of it, or null before the first. */
  @Nullable Instant taken() {
    return taken;
  }

  /** Returns whether it is from the disk, and no admin node has confirmed it yet. */
  boolean isFromDisk() {
    return fromDisk;
  }
}
