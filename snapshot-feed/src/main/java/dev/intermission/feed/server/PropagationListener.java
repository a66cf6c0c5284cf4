package dev.intermission.feed.server;

import java.time.Duration;

/** Is told how long deployments take to all nodes. It is called on many threads. */
@FunctionalInterface
public interface PropagationListener {

  /**
   * Takes that all live nodes of an environment serve a version. Must not block or throw.
   *
   * @param took the time since the version was waited for
   */
  void served(String environment, Duration took);
}
