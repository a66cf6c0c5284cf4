package dev.intermission.feed.node;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The state of a node's feed, for health checks and operators.
 *
 * @param servedVersion the version in force, or -1 before the first snapshot
 * @param taken when that version came from an admin node, or null before the first
 * @param fromDisk whether it was read from this node's disk and no admin node has confirmed it yet
 * @param problem why no admin node can be followed at the moment, or null if one is
 * @param diskProblem why the version in force is not on the disk, or null if it is
 */
public record FeedStatus(
    long servedVersion,
    @Nullable Instant taken,
    boolean fromDisk,
    @Nullable String problem,
    @Nullable String diskProblem) {

  static final FeedStatus NOTHING_YET =
      new FeedStatus(-1, null, false, "no admin node was asked yet", null);
}
