package dev.intermission.feed.node;

import dev.intermission.api.trace.TraceReceiver;
import dev.intermission.api.trace.TraceReport;
import dev.intermission.feed.TraceReportJson;
import dev.intermission.runtime.FailureLog;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells admin nodes what was traced, one after the other until one takes it. One of an older
 * version, which takes none, is asked again after a minute.
 */
final class TracesToAdmin implements TraceReceiver {

  private static final Logger LOG = LoggerFactory.getLogger(TracesToAdmin.class);
  private static final Duration UNTIL_ASKED_AGAIN = Duration.ofMinutes(1);

  private static final int TAKEN = 204;
  private static final int FAULT = 500;
  private static final Set<Integer> OLDER = Set.of(404, 405);
  private static final Set<Integer> NEVER_TAKEN = Set.of(400, 413);

  private final FeedClient client;
  private final Supplier<List<URI>> admins;
  private final FailureLog older = new FailureLog(LOG);

  /** Until when, by the monotonic clock, each is not asked that takes none; guarded by this. */
  private final Map<URI, Long> notAsked = new HashMap<>();

  /**
   * @param admins gives them in the order in which they are to be told
   */
  TracesToAdmin(FeedClient client, Supplier<List<URI>> admins) {
    this.client = client;
    this.admins = admins;
  }

  @Override
  public void receive(String environment, String node, String run, TraceReport report) {
    byte[] json = TraceReportJson.write(report);
    List<String> faults = new ArrayList<>();
    boolean isFault = true;
    for (URI admin : admins.get()) {
      try {
        if (isTaken(admin, environment, run, json)) {
          return;
        }
      } catch (FeedException e) {
        // Where one may take it later, nothing is lost by waiting.
        isFault = false;
        faults.add("admin node " + admin + ": " + e.getMessage());
      } catch (IllegalStateException e) {
        faults.add("admin node " + admin + ": " + e.getMessage());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new TracesUntoldException("the gateway ends", e);
      }
    }
    if (isFault && !faults.isEmpty()) {
      throw new IllegalStateException(String.join("; ", faults));
    }
    throw new TracesUntoldException(String.join("; ", faults), null);
  }

  private boolean isTaken(URI admin, String environment, String run, byte[] json)
      throws InterruptedException, FeedException {
    if (isNotAsked(admin)) {
      throw new FeedException("it takes no traced requests, since it is of an older version", null);
    }
    int status = client.traces(admin, environment, run, json);
    if (status == TAKEN) {
      return true;
    }
    if (NEVER_TAKEN.contains(status)) {
      throw new IllegalArgumentException(
          "admin node " + admin + " refuses what was traced with status " + status);
    }
    if (OLDER.contains(status)) {
      leaveAlone(admin);
    }
    if (status == FAULT) {
      throw new IllegalStateException("it answers with status " + status);
    }
    throw new FeedException("it answers with status " + status, null);
  }

  private synchronized boolean isNotAsked(URI admin) {
    Long until = notAsked.get(admin);
    return until != null && System.nanoTime() - until < 0;
  }

  private synchronized void leaveAlone(URI admin) {
    notAsked.put(admin, System.nanoTime() + UNTIL_ASKED_AGAIN.toNanos());
    older.failed(
        "Admin node "
            + admin
            + " takes no traced requests, perhaps since it is of an older version; they are kept here meanwhile, as long as there is room",
        null);
  }
}
