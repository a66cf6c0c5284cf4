package dev.intermission.feed.server;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The present state of a node as the admin side sees it.
 *
 * @param name unique in its environment
 * @param live whether it follows the feed
 * @param servedVersion the version that it served when it was last heard of; 0 before its first
 * @param age the time since it was last heard of
 * @param address where its requests come from, empty for a node in this process
 * @param software the software that it runs, empty if unknown
 * @param format the number of the newest format of settings that it reads
 * @param clockOffset how far its clock was ahead of the admin node's when it was last heard of, or
 *     behind it if negative; null if unknown
 */
public record NodeView(
    String name,
    boolean live,
    long servedVersion,
    Duration age,
    String address,
    String software,
    int format,
    @Nullable Duration clockOffset) {

  /** Up to this far apart, clocks count as the same. */
  public static final Duration LARGEST_CLOCK_OFFSET = Duration.ofSeconds(1);

  private static final String THIS_PROCESS = "127.0.0.1";

  /**
   * Returns how the node's clock differs from the admin node's, as the end of a sentence about it,
   * or empty where it is not known to differ by more than {@link #LARGEST_CLOCK_OFFSET}.
   */
  public Optional<String> clockDifference() {
    return clockDifference(clockOffset);
  }

  static Optional<String> clockDifference(@Nullable Duration offset) {
    if (offset == null || offset.abs().compareTo(LARGEST_CLOCK_OFFSET) <= 0) {
      return Optional.empty();
    }
    return Optional.of(
        String.format(
            Locale.ROOT,
            "is %.1f s %s that of the admin node, so windows begin and end there too %s",
            offset.abs().toMillis() / 1000.0,
            offset.isNegative() ? "behind" : "ahead of",
            offset.isNegative() ? "late" : "early"));
  }

  /** Returns the IP address of the node; the loopback address for a node in this process. */
  public String ip() {
    return address.isEmpty() ? THIS_PROCESS : address;
  }
}
