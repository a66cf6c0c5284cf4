package dev.intermission.api;

/** What a host gateway gives a {@link GatewayPlugin}. */
public interface GatewayHost {

  /** Returns the environment that this gateway serves. */
  String environment();

  /** Returns the feed of the environment's snapshots. */
  SnapshotFeed feed();
}
