package dev.intermission.feed.node;

import dev.intermission.api.Snapshot;
import dev.intermission.feed.UnreadableSnapshotException;
import dev.intermission.runtime.FailureLog;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What this node keeps on its disk. A node that can't save serves on, since what it serves is what
 * was deployed, and tries again with each snapshot. For one thread.
 */
final class KeptSnapshot {

  private static final Logger LOG = LoggerFactory.getLogger(KeptSnapshot.class);

  private static final long NOTHING = -1;

  private final SnapshotFile file;
  private final FailureLog failures = new FailureLog(LOG);
  private long keptVersion = NOTHING;
  private @Nullable String problem;

  KeptSnapshot(SnapshotFile file) {
    this.file = file;
  }

  /** Returns what was kept when the node ran last, if there is anything that can be served. */
  Optional<SnapshotFile.Loaded> load() {
    try {
      Optional<SnapshotFile.Loaded> loaded = file.load();
      keptVersion = loaded.map(kept -> kept.snapshot().version()).orElse(NOTHING);
      return loaded;
    } catch (UnreadableSnapshotException e) {
      LOG.error("{}", e.getMessage());
    } catch (IOException e) {
      LOG.error("The snapshot {} can't be read: {}", file.path(), e.toString(), e);
    }
    return Optional.empty();
  }

  /** Has the snapshot on the disk when this returns, if there is no {@link #problem}. */
  void keep(Snapshot snapshot) {
    if (snapshot.version() == keptVersion) {
      return;
    }
    try {
      file.save(snapshot);
      keptVersion = snapshot.version();
      problem = null;
      if (failures.recovered()) {
        LOG.info("The snapshot is saved again, in {}", file.path());
      }
    } catch (IOException | RuntimeException e) {
      problem = "can't save " + file.path() + ": " + e;
      failures.failed(
          "Version " + snapshot.version() + " is in force, but can't be saved in " + file.path(),
          e);
    }
  }

  /** Returns why what is in force is not on the disk, or null if it is. */
  @Nullable String problem() {
    return problem;
  }
}
