package dev.intermission.gate;

import dev.intermission.api.AdmissionSalt;
import dev.intermission.api.CountSource;
import dev.intermission.api.NodeCounts;
import dev.intermission.api.ProxyId;
import dev.intermission.api.Snapshot;
import dev.intermission.api.SnapshotDelta;
import dev.intermission.api.SnapshotFeed;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Decides for each request whether it passes or is answered. A gate serves the snapshots of one
 * environment. Let no traffic in before {@link #ready()} is true. Thread-safe: a request reads one
 * volatile reference and takes no lock; {@link #publish} replaces it.
 *
 * <p>Where a deployed proxy has a window ({@link dev.intermission.api.Window}), the gate closes and
 * opens it by its own clock, within a hundredth of a second. It has a thread for that as long as
 * there is a start or an end to come; close a gate that is not used any more.
 */
public final class Gate implements CountSource, AutoCloseable {

  private static final System.Logger LOG = System.getLogger(Gate.class.getName());
  private static final long SILENT_SECONDS = 60;

  private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
  private final Clock clock;
  private final SharedSecond second = new SharedSecond();
  private final Windows windows = new Windows();
  private final WindowTimer timer = new WindowTimer(this::tick);
  private final InFlight inFlight = new InFlight(proxy -> current().isClosed(proxy));
  private volatile ServedSnapshot current;
  private volatile boolean ready;
  private boolean closed;
  private Instant nextChange = Instant.MAX;
  private Instant lastBoundary = Instant.MIN;
  private Instant silentUntil = Instant.MIN;

  /** Makes a gate that knows no snapshot yet. */
  public Gate(GateOptions options) {
    this(options, Clock.systemUTC());
  }

  /** Makes a gate whose windows begin and end by this clock. */
  public Gate(GateOptions options, Clock clock) {
    this.clock = clock;
    Answers answers = new Answers(options.answerCacheBytes(), second, clock);
    AdmissionSalt salt = options.admissionSalt();
    Lasting lasting =
        new Lasting(
            answers,
            new Clients(options.trustedProxies()),
            salt == null ? AdmissionSalt.random() : salt,
            new SharedExemptions());
    current =
        options.beforeFirstSnapshot() == GateOptions.BeforeFirstSnapshot.REFUSE
            ? ServedSnapshot.refusing(lasting)
            : ServedSnapshot.empty(lasting);
  }

  /**
   * Puts a snapshot in force: it decides all requests that begin after this call returns. A
   * snapshot that is not newer than the one in force changes nothing.
   *
   * @throws IllegalArgumentException if the snapshot is of another environment than the first one
   */
  public synchronized void publish(Snapshot snapshot) {
    if (ready && !snapshot.environment().equals(current.environment())) {
      throw new IllegalArgumentException(
          "This gate serves the environment '"
              + current.environment()
              + "'; a snapshot of '"
              + snapshot.environment()
              + "' can't be published to it");
    }
    if (ready && snapshot.version() <= current.version()) {
      return;
    }
    ServedSnapshot before = current;
    Instant now = clock.instant();
    second.renew(now);
    SnapshotDelta delta = before.changesTo(snapshot);
    boolean otherWindows = windows.take(delta, now);
    current = before.next(snapshot, delta, windows);
    ready = true;
    before.forget(delta);
    delta.undeployed().forEach(inFlight::forget);
    if (otherWindows) {
      lastBoundary = windows.lastBoundary();
      advance(now);
    }
    // Also where no window changed: the clock may have gone back before a boundary that was passed.
    setTimer(now);
    listeners.forEach(Runnable::run);
  }

  /** Closes and opens what is due. */
  private synchronized void tick() {
    if (closed) {
      return;
    }
    Instant now = clock.instant();
    try {
      second.renew(now);
      if (!now.isBefore(nextChange) && advance(now)) {
        listeners.forEach(Runnable::run);
      }
    } catch (RuntimeException e) {
      if (now.isAfter(silentUntil)) {
        silentUntil = now.plusSeconds(SILENT_SECONDS);
        LOG.log(Level.ERROR, "A listener of the gate failed when a window began or ended", e);
      }
    } finally {
      setTimer(now);
    }
  }

  private boolean advance(Instant now) {
    List<ProxyId> changed = windows.advance(now);
    if (!changed.isEmpty()) {
      current = current.with(changed, windows);
    }
    nextChange = windows.nextChange();
    return !changed.isEmpty();
  }

  private void setTimer(Instant now) {
    if (now.isBefore(lastBoundary)) {
      timer.set(now, nextChange);
    } else {
      timer.cancel();
    }
  }

  /**
   * Ends the thread for windows, if there is one. Requests are still decided, by what is in force
   * now or is published later; no window begins or ends any more.
   */
  @Override
  public synchronized void close() {
    closed = true;
    timer.close();
  }

  /**
   * Runs a listener each time other decisions were put in force, by a snapshot or a window, on the
   * thread that did it. It must not block or throw.
   */
  public void addListener(Runnable listener) {
    listeners.add(listener);
  }

  /** Runs a listener no more. */
  public void removeListener(Runnable listener) {
    listeners.remove(listener);
  }

  /**
   * Returns the snapshot in force. Read it once for each request, so that the request sees one
   * version.
   */
  public ServedSnapshot current() {
    return current;
  }

  /** Returns the count of requests in flight, for whoever lets requests pass. */
  public InFlight inFlight() {
    return inFlight;
  }

  @Override
  public NodeCounts counts() {
    return current.counts(inFlight);
  }

  @Override
  public SnapshotFeed.Subscription onUrgent(Runnable listener) {
    listeners.add(listener);
    inFlight.addListener(listener);
    return () -> {
      listeners.remove(listener);
      inFlight.removeListener(listener);
    };
  }

  /**
   * Returns whether a snapshot was published. Until then requests are treated as {@link
   * GateOptions#beforeFirstSnapshot()} says.
   */
  public boolean ready() {
    return ready;
  }

  /** Returns the version in force; 0 before the first. */
  public long servedVersion() {
    return current.version();
  }
}
