package dev.intermission.feed;

import dev.intermission.api.CountSource;
import dev.intermission.api.NodeCounts;
import dev.intermission.api.ProxyCounts;
import dev.intermission.api.ProxyId;
import dev.intermission.api.SnapshotFeed;
import dev.intermission.runtime.BackgroundLoop;
import dev.intermission.runtime.Backoff;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells what a node counts: once a second at most, at once when something is urgent, and only what
 * has changed. Thread-safe.
 */
public final class CountsSender implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(CountsSender.class);
  private static final Duration BETWEEN = Duration.ofSeconds(1);

  /** A short pause, so that what ends at the same time is told together. */
  private static final Duration COLLECT = Duration.ofMillis(5);

  private static final long FIRST_NUMBERS = 1L << 48;

  private final CountSource source;
  private final Receiver receiver;
  private final Semaphore urgent = new Semaphore(0);
  private final SnapshotFeed.Subscription listening;
  private final BackgroundLoop loop;

  private volatile boolean forgotten;

  // Guarded by this.
  private Map<ProxyId, ProxyCounts> told = Map.of();
  private @Nullable NodeCounts last;
  private long number = RandomGenerator.getDefault().nextLong(1, FIRST_NUMBERS);
  private boolean tellsAll = true;

  /** What takes the reports. */
  @FunctionalInterface
  public interface Receiver {

    /**
     * Takes a report.
     *
     * @return what became of it
     * @throws InterruptedException if the sender is closed meanwhile
     */
    Outcome take(CountsReport report) throws InterruptedException;
  }

  /** What became of a report. */
  public enum Outcome {
    /** It was taken. */
    TAKEN,
    /** All is wanted, and not what has changed alone. */
    ALL_WANTED,
    /** It was not taken, and may be sent again later. */
    LOST
  }

  /**
   * Makes a sender that tells nothing by itself before {@link #start}.
   *
   * @param environment the environment that the node serves
   */
  public CountsSender(String environment, CountSource source, Receiver receiver) {
    this.source = source;
    this.receiver = receiver;
    listening = source.onUrgent(urgent::release);
    loop =
        new BackgroundLoop(
            "feed-counts-" + environment,
            LOG,
            new BackgroundLoop.Texts(
                "The counts of "
                    + environment
                    + " can't be told because of an error in this program",
                "The counts of " + environment + " are told again"),
            new Backoff(Duration.ofMillis(100), Duration.ofSeconds(5)),
            this::step);
  }

  /** Begins to tell what changes. */
  public void start() {
    loop.start();
  }

  private void step(BackgroundLoop self) throws InterruptedException {
    if (urgent.tryAcquire(BETWEEN.toMillis(), TimeUnit.MILLISECONDS)) {
      Thread.sleep(COLLECT.toMillis());
      urgent.drainPermits();
    }
    tell();
    self.succeeded();
  }

  /** To be called when the receiver may have forgotten what it was told; tells all next time. */
  public void forget() {
    forgotten = true;
  }

  /** Tells what has changed, now. */
  public synchronized void tell() throws InterruptedException {
    if (forgotten) {
      forgotten = false;
      tellsAll = true;
    }
    NodeCounts counts = Tellable.of(source.counts());
    if (counts.version() == 0) {
      return;
    }
    CountsReport report = report(counts);
    if (report == null) {
      return;
    }
    number = report.number();
    switch (receiver.take(report)) {
      case TAKEN -> keep(counts);
      case ALL_WANTED -> {
        tellsAll = true;
        if (receiver.take(all(counts)) == Outcome.TAKEN) {
          keep(counts);
        }
      }
      // What it is made of may be with the receiver or not.
      case LOST -> tellsAll = true;
    }
  }

  private void keep(NodeCounts counts) {
    Map<ProxyId, ProxyCounts> now = new HashMap<>();
    counts.proxies().forEach(each -> now.put(each.proxy(), each));
    told = now;
    last = counts;
    tellsAll = false;
  }

  private @Nullable CountsReport report(NodeCounts counts) {
    if (tellsAll) {
      return all(counts);
    }
    List<ProxyCounts> changed = new ArrayList<>();
    Map<ProxyId, ProxyCounts> gone = new HashMap<>(told);
    for (ProxyCounts each : counts.proxies()) {
      if (!each.equals(gone.remove(each.proxy()))) {
        changed.add(each);
      }
    }
    return changed.isEmpty() && gone.isEmpty() && isToldFor(counts)
        ? null
        : new CountsReport(
            number,
            number + 1,
            counts.version(),
            counts.countsInFlight(),
            counts.complete(),
            changed,
            List.copyOf(gone.keySet()));
  }

  /** Returns whether what holds for all proxies was told like this. */
  private boolean isToldFor(NodeCounts counts) {
    return last != null
        && last.version() == counts.version()
        && last.countsInFlight() == counts.countsInFlight()
        && last.complete() == counts.complete();
  }

  private CountsReport all(NodeCounts counts) {
    number++;
    return new CountsReport(
        0,
        number,
        counts.version(),
        counts.countsInFlight(),
        counts.complete(),
        counts.proxies(),
        List.of());
  }

  /** Ends it; a report in progress is interrupted. */
  @Override
  public void close() {
    listening.close();
    loop.close();
  }
}
