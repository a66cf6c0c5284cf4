package dev.intermission.filter;

import dev.intermission.api.Snapshot;
import dev.intermission.api.SnapshotFeed;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A feed of the environment "production" that delivers what a test hands in. */
final class TestFeed implements SnapshotFeed {

  private @Nullable Consumer<Snapshot> follower;

  @Override
  public Subscription follow(String environment, Consumer<Snapshot> consumer) {
    if (!environment.equals("production")) {
      throw new AssertionError("asked for " + environment);
    }
    follower = consumer;
    return () -> follower = null;
  }

  void deliver(Snapshot snapshot) {
    if (follower == null) {
      throw new AssertionError("nobody follows");
    }
    follower.accept(snapshot);
  }

  boolean isFollowed() {
    return follower != null;
  }
}
