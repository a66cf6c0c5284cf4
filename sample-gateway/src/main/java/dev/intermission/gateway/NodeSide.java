package dev.intermission.gateway;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.intermission.api.SnapshotFeed;
import dev.intermission.api.trace.TraceReceiver;
import dev.intermission.feed.node.FeedStatus;
import dev.intermission.feed.node.RemoteFeed;
import dev.intermission.feed.node.RemoteFeedOptions;
import dev.intermission.gateway.config.GatewayConfig;
import dev.intermission.gateway.data.DataFolder;
import dev.intermission.gateway.metrics.GatewayMetrics;
import dev.intermission.gateway.server.Pem;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The counterpart of the admin side in a process that follows admin nodes: the feed and the data
 * folder.
 */
final class NodeSide implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(NodeSide.class);

  private final Opened opened = new Opened();
  private final Clock clock;
  private final RemoteFeed feed;

  /**
   * Takes the data folder; does not follow an admin node yet.
   *
   * @param token the token for the admin nodes
   * @throws dev.intermission.gateway.data.DataFolderException if the folder can't be used
   */
  NodeSide(GatewayConfig config, String node, String token, Clock clock) {
    this.clock = clock;
    RemoteFeedOptions options = RemoteFeedOptions.of(config.feed().admins(), node, token);
    if (config.feed().ca() != null) {
      options = options.withTls(Pem.trusting(config.feed().ca()));
    }
    try {
      boolean there = DataFolder.isUsed(config.data());
      DataFolder folder = DataFolder.open(config.data());
      LOG.info("The data folder is {} ({})", folder.path(), there ? "used before" : "new");
      opened.add(folder::close);
      feed = new RemoteFeed(options, folder.path(), clock);
      opened.add(feed::close);
    } catch (RuntimeException | Error e) {
      opened.closeAfter(e);
      throw e;
    }
  }

  /** Returns the feed of the admin nodes. */
  SnapshotFeed feed() {
    return feed;
  }

  /** Returns what takes what this process traces to an admin node. */
  TraceReceiver traces() {
    return feed.traces();
  }

  /** Returns when the snapshot in force came from an admin node, or null before the first. */
  @Nullable Instant taken() {
    return feed.status().taken();
  }

  /** Adds the meters of the feed. */
  void measure(GatewayMetrics metrics) {
    metrics.addFeedState(
        "connected",
        "Whether this node follows an admin node: 1 or 0",
        () -> feed.status().problem() == null);
    metrics.addFeedState(
        "from.disk",
        "Whether this node serves what was on its disk, and no admin node has confirmed it yet: 1 or 0",
        () -> feed.status().fromDisk());
    metrics.addFeedState(
        "saved",
        "Whether what this node serves is on its disk: 1 or 0",
        () -> feed.status().diskProblem() == null);
  }

  /** Adds the state of the feed. */
  void describe(ObjectNode state) {
    FeedStatus status = feed.status();
    ObjectNode described = state.putObject("feed");
    described.put("connected", status.problem() == null);
    if (status.problem() != null) {
      described.put("problem", status.problem());
    }
    if (status.taken() != null) {
      Duration age = Duration.between(status.taken(), clock.instant());
      described.put("snapshotTaken", status.taken().toString());
      described.put("snapshotAgeSeconds", Math.max(0, age.toSeconds()));
    }
    described.put("fromDisk", status.fromDisk());
    if (status.diskProblem() != null) {
      described.put("diskProblem", status.diskProblem());
    }
  }

  /** Ends the feed, and releases the folder. */
  @Override
  public void close() {
    opened.close();
  }
}
