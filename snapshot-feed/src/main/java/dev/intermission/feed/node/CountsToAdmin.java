package dev.intermission.feed.node;

import dev.intermission.feed.CountsReport;
import dev.intermission.feed.CountsSender;
import dev.intermission.runtime.FailureLog;
import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends what this node has counted to the admin node that it follows. One that takes no counts,
 * since it is of an older version, is asked again after a minute. Used by one thread at a time; the
 * admin node may be set by another one.
 */
final class CountsToAdmin implements CountsSender.Receiver {

  private static final Logger LOG = LoggerFactory.getLogger(CountsToAdmin.class);
  private static final Duration UNTIL_ASKED_AGAIN = Duration.ofMinutes(1);

  /** So that an admin node that takes changes but no reports does not slow the feed down. */
  private static final Duration AFTER_A_FAILURE = Duration.ofSeconds(10);

  private static final int TAKEN = 204;
  private static final int ALL_WANTED = 409;

  private final FeedClient client;
  private final String environment;
  private final FailureLog refusals = new FailureLog(LOG);
  private volatile @Nullable URI followed;
  private @Nullable URI refusing;
  private long refusesUntil;

  CountsToAdmin(FeedClient client, String environment) {
    this.client = client;
    this.environment = environment;
  }

  /** Takes the admin node that is followed now, or null if none is. */
  void follow(@Nullable URI admin) {
    followed = admin;
  }

  @Override
  public CountsSender.Outcome take(CountsReport report) throws InterruptedException {
    URI admin = followed;
    if (admin == null || isRefusing(admin)) {
      return CountsSender.Outcome.LOST;
    }
    try {
      int status = client.report(admin, environment, report);
      if (status == ALL_WANTED) {
        return CountsSender.Outcome.ALL_WANTED;
      }
      if (status == TAKEN) {
        refusing = null;
        return CountsSender.Outcome.TAKEN;
      }
      leaveAlone(admin, UNTIL_ASKED_AGAIN);
      refusals.failed(
          "Admin node " + admin + " does not take what is counted: status " + status, null);
    } catch (FeedException e) {
      // Whoever follows it says so.
      LOG.debug("The counts were not told", e);
      leaveAlone(admin, AFTER_A_FAILURE);
    }
    return CountsSender.Outcome.LOST;
  }

  private void leaveAlone(URI admin, Duration time) {
    refusing = admin;
    refusesUntil = System.nanoTime() + time.toNanos();
  }

  private boolean isRefusing(URI admin) {
    return admin.equals(refusing) && System.nanoTime() - refusesUntil < 0;
  }
}
