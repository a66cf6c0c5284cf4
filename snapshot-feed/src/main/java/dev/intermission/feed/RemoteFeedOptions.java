package dev.intermission.feed;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * How a node reaches the feed.
 *
 * @param admins the addresses of the admin nodes' listeners, at least one; http or https, without a
 *     path
 * @param node this node's name, unique among the nodes that are live at one time; 1 to 128 letters,
 *     digits and {@code . _ -}
 * @param token an access token of a user that may follow the environment
 * @param longestPoll how long an admin node may let a request wait for news; it is how often the
 *     node says that it lives
 * @param firstPause the pause after all admin nodes failed; doubled each time, with jitter
 * @param longestPause the longest such pause
 * @param tls how the admin nodes' certificates are checked, or null for the JVM's own way
 */
public record RemoteFeedOptions(
    List<URI> admins,
    String node,
    String token,
    Duration longestPoll,
    Duration firstPause,
    Duration longestPause,
    @Nullable SSLContext tls) {

  /**
   * @throws IllegalArgumentException if an address or the name is not allowed
   */
  public RemoteFeedOptions {
    admins = List.copyOf(admins);
    if (admins.isEmpty()) {
      throw new IllegalArgumentException("the feed needs the address of at least one admin node");
    }
    admins.forEach(RemoteFeedOptions::check);
    if (!node.matches("[A-Za-z0-9._-]{1,128}")) {
      throw new IllegalArgumentException(
          "the node's name '%s' is not allowed; allowed are 1 to 128 letters, digits and . _ -"
              .formatted(node));
    }
  }

  private static void check(URI admin) {
    boolean http = "http".equals(admin.getScheme()) || "https".equals(admin.getScheme());
    boolean bare = admin.getRawPath() == null || admin.getRawPath().matches("/?");
    if (!http || admin.getHost() == null || !bare || admin.getRawQuery() != null) {
      throw new IllegalArgumentException(
          "the admin node's address '%s' is not allowed; write http://host:port or https://host:port"
              .formatted(admin));
    }
  }

  /** Returns options with polls of 10 s and pauses of 0.2 s to 5 s. */
  public static RemoteFeedOptions of(List<URI> admins, String node, String token) {
    return new RemoteFeedOptions(
        admins,
        node,
        token,
        Duration.ofSeconds(10),
        Duration.ofMillis(200),
        Duration.ofSeconds(5),
        null);
  }

  /** Returns these options with another check of certificates. */
  public RemoteFeedOptions withTls(SSLContext context) {
    return new RemoteFeedOptions(
        admins, node, token, longestPoll, firstPause, longestPause, context);
  }

  /** Leaves the token out. */
  @Override
  public String toString() {
    return "RemoteFeedOptions[" + node + " at " + admins + "]";
  }
}
