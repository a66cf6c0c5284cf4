package dev.intermission.feed.node;

import dev.intermission.api.TokenText;
import dev.intermission.feed.FeedProtocol;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * How a node connects to the feed of its admin nodes.
 *
 * @param admins the addresses of the admin nodes' listeners, at least one; http or https, without a
 *     path, and never with a user or a password
 * @param node this node's name, unique among the nodes that are live at one time; of the form
 *     {@link FeedProtocol#NODE_NAME_FORM}
 * @param token an access token of a user that may follow the environment; visible ASCII characters
 * @param longestPoll how long an admin node may let a request wait for changes; also the interval
 *     at which the node shows that it is alive
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
   * @throws IllegalArgumentException if an address, the name or the token is not allowed; the
   *     message holds neither the token nor a password
   */
  public RemoteFeedOptions {
    admins = List.copyOf(admins);
    if (admins.isEmpty()) {
      throw new IllegalArgumentException("the feed needs the address of at least one admin node");
    }
    admins.forEach(AdminAddress::require);
    if (!FeedProtocol.isNodeName(node)) {
      throw new IllegalArgumentException(
          "the node's name '"
              + node
              + "' is not allowed; allowed are "
              + FeedProtocol.NODE_NAME_FORM);
    }
    TokenText.require(token);
  }

  /** Returns options with polls of 10 s and pauses of 0.2 s to 5 s. */
  public static RemoteFeedOptions of(List<URI> admins, String node, String token) {
    return new RemoteFeedOptions(
        admins,
        node,
        token,
        FeedProtocol.LONGEST_WAIT,
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
