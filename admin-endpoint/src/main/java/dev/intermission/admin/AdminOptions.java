package dev.intermission.admin;

import dev.intermission.admin.access.AttemptLimits;
import dev.intermission.admin.trafficlog.LogConnections;
import java.net.URI;
import java.time.Duration;
import java.util.Map;

/**
 * The settings of an {@link AdminServlet}.
 *
 * @param bodyLimit the largest size of a request body in bytes, at least 1
 * @param messageLimit the largest size of an encoded maintenance message in bytes, at least 0
 * @param deployTimeout how long a deployment waits for the gateways that should serve it; zero
 *     means no wait
 * @param tokenLifetime the lifetime of a token that is issued for a client id and secret; at least
 *     a second
 * @param attemptLimits how many wrong client secrets are accepted before attempts are refused
 * @param accessUrls where clients reach the gateways of an environment, by its name; for those that
 *     are told where to call an API (contract section 4)
 * @param logConnections where traffic can be logged to
 */
public record AdminOptions(
    int bodyLimit,
    int messageLimit,
    Duration deployTimeout,
    Duration tokenLifetime,
    AttemptLimits attemptLimits,
    Map<String, URI> accessUrls,
    LogConnections logConnections) {

  /**
   * The defaults: takes bodies of 1 MiB and messages of 64 KiB, waits 5 s, and issues tokens for an
   * hour.
   */
  public static final AdminOptions DEFAULTS =
      new AdminOptions(
          1 << 20,
          64 << 10,
          Duration.ofSeconds(5),
          Duration.ofHours(1),
          AttemptLimits.DEFAULTS,
          Map.of(),
          LogConnections.NONE);

  /**
   * @throws IllegalArgumentException if a value is below what is allowed
   */
  public AdminOptions {
    accessUrls = Map.copyOf(accessUrls);
    if (bodyLimit < 1 || messageLimit < 0) {
      throw new IllegalArgumentException(
          "bodyLimit is "
              + bodyLimit
              + " and messageLimit "
              + messageLimit
              + ", allowed are at least 1 and 0 bytes");
    }
    if (deployTimeout.isNegative() || tokenLifetime.toSeconds() < 1) {
      throw new IllegalArgumentException(
          "deployTimeout is "
              + deployTimeout
              + " and tokenLifetime "
              + tokenLifetime
              + ", allowed are at least zero and a second");
    }
  }

  /** Makes options without access URLs and connections of traffic logs. */
  public AdminOptions(
      int bodyLimit,
      int messageLimit,
      Duration deployTimeout,
      Duration tokenLifetime,
      AttemptLimits attemptLimits) {
    this(
        bodyLimit,
        messageLimit,
        deployTimeout,
        tokenLifetime,
        attemptLimits,
        Map.of(),
        LogConnections.NONE);
  }

  /** Returns these options with other access URLs. */
  public AdminOptions withAccessUrls(Map<String, URI> urls) {
    return new AdminOptions(
        bodyLimit, messageLimit, deployTimeout, tokenLifetime, attemptLimits, urls, logConnections);
  }

  /** Returns these options with other connections of traffic logs. */
  public AdminOptions withLogConnections(LogConnections connections) {
    return new AdminOptions(
        bodyLimit,
        messageLimit,
        deployTimeout,
        tokenLifetime,
        attemptLimits,
        accessUrls,
        connections);
  }
}
