package dev.intermission.trafficlog.trace;

import dev.intermission.api.DeployedProxy;
import dev.intermission.api.ProxyId;
import dev.intermission.api.Snapshot;
import dev.intermission.api.trace.TraceReport;
import dev.intermission.runtime.BackgroundLoop;
import dev.intermission.runtime.Backoff;
import dev.intermission.trafficlog.capture.CaptureWish;
import dev.intermission.trafficlog.capture.CapturedExchange;
import dev.intermission.trafficlog.capture.ExchangeObserver;
import dev.intermission.trafficlog.capture.Observation;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Records the requests of the proxies whose window is active, by the gateway's own clock, and hands
 * the records on: at most {@value #MOST_IN_A_SECOND} requests a second, and {@value #MOST_BYTES}
 * bytes that wait. What is beyond is counted. Thread-safe; nothing of it blocks but {@link #take}
 * and {@link #close}.
 *
 * <p>While no window is active or near, it is off. A thread of its own switches it; which requests
 * are recorded is decided by the clock when they begin.
 */
public final class Traces implements ExchangeObserver, AutoCloseable {

  /** The most requests that are recorded in a second. */
  public static final int MOST_IN_A_SECOND = 20;

  /** The most memory of what waits to be taken, in bytes. */
  public static final long MOST_BYTES = 64L << 20;

  private static final Logger LOG = LoggerFactory.getLogger(Traces.class);

  private static final CaptureWish WISH = CaptureWish.ofAll(TraceWriter.MOST_BYTES_OF_A_BODY);

  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(200);

  /** How long before a window it is switched on. */
  private static final Duration SOON = Duration.ofSeconds(5);

  /** How long it stays on behind a window, until each request that has begun is seen by all. */
  private static final long AFTERWARDS_NANOS = Duration.ofSeconds(2).toNanos();

  private final Clock clock;
  private final RecordRate rate;
  private final DroppedRequests dropped = new DroppedRequests();
  private final TraceSender sender;
  private final BackgroundLoop watch;

  /** Those with a window, and those that had one, with what is private now. */
  private volatile Map<ProxyId, TracedProxy> proxies = Map.of();

  private volatile boolean isOn;

  // Guarded by this.
  private boolean isWatching;
  private long lastNear;

  /**
   * Makes one that records nothing before it {@linkplain #take takes} a snapshot.
   *
   * @param clock the gateway's
   * @param to takes the reports, on a thread that may wait; it throws an exception if it can't take
   *     one now, and gets its records again
   */
  public Traces(Clock clock, Consumer<TraceReport> to) {
    this(clock, to, MOST_BYTES);
  }

  /**
   * Makes one with another bound of memory.
   *
   * @param mostBytes of what waits
   */
  public Traces(Clock clock, Consumer<TraceReport> to, long mostBytes) {
    this(clock, to, mostBytes, System::nanoTime);
  }

  /** Makes one whose rate goes by this monotonic clock. */
  Traces(Clock clock, Consumer<TraceReport> to, long mostBytes, LongSupplier nanoTime) {
    this.clock = clock;
    rate = new RecordRate(MOST_IN_A_SECOND, nanoTime);
    sender = new TraceSender(to, dropped, mostBytes, this::latest);
    watch =
        new BackgroundLoop(
            "trace-windows",
            LOG,
            new BackgroundLoop.Texts(
                "The windows of traces can't be watched",
                "The windows of traces are watched again"),
            new Backoff(BETWEEN_LOOKS, BETWEEN_LOOKS),
            running -> {
              Thread.sleep(BETWEEN_LOOKS.toMillis());
              look();
              running.succeeded();
            });
  }

  @Override
  public boolean isOn() {
    return isOn;
  }

  /** Puts the windows of a snapshot in force. Calls must not overlap. */
  public void take(Snapshot snapshot) {
    Map<ProxyId, TracedProxy> before = proxies;
    // Records of what is no longer traced, or deployed, may wait for a long time.
    Map<ProxyId, TracedProxy> next = new HashMap<>();
    before.forEach((id, old) -> next.put(id, old.withoutWindow()));
    for (DeployedProxy proxy : snapshot.proxies().values()) {
      TracedProxy old = before.get(proxy.id());
      if (old != null && old.isOf(proxy)) {
        next.put(proxy.id(), old);
      } else if (old != null || proxy.parts().trace() != null) {
        next.put(proxy.id(), new TracedProxy(proxy, dropped.of(proxy.id())));
      }
    }
    proxies = Map.copyOf(next);
    if (!next.isEmpty()) {
      begin();
      look();
    }
  }

  private synchronized void begin() {
    if (!isWatching) {
      isWatching = true;
      watch.start();
      sender.start();
    }
  }

  private synchronized void look() {
    long millis = clock.millis();
    long now = System.nanoTime();
    boolean isNear = false;
    for (TracedProxy proxy : proxies.values()) {
      if (proxy.isNear(millis, SOON)) {
        proxy.prepare();
        isNear = true;
      }
    }
    lastNear = isNear ? now : lastNear;
    isOn = isNear || (isOn && now - lastNear < AFTERWARDS_NANOS);
  }

  @Override
  public @Nullable Observation begin(@Nullable ProxyId proxy, String method) {
    TracedProxy traced = proxy == null ? null : proxies.get(proxy);
    if (traced == null || !traced.isActiveAt(clock.millis())) {
      return null;
    }
    if (traced.privacy(method) == null || !rate.take()) {
      traced.drop();
      return null;
    }
    return new Recording(traced);
  }

  /** A request that is recorded. */
  private final class Recording implements Observation {

    private final TracedProxy traced;

    Recording(TracedProxy traced) {
      this.traced = traced;
    }

    @Override
    public CaptureWish wish() {
      return WISH;
    }

    @Override
    public void finished(CapturedExchange exchange) {
      TracedProxy whose = whose(exchange);
      if (whose != null && !sender.offer(exchange, whose)) {
        whose.drop();
      }
    }

    /**
     * Returns whose request it was. Another snapshot than that of the beginning may have decided
     * where it goes: to no API, which is counted, or to one of which nothing is to be recorded.
     */
    private @Nullable TracedProxy whose(CapturedExchange exchange) {
      ProxyId to = exchange.proxy();
      if (to == null) {
        traced.drop();
        return null;
      }
      TracedProxy other = traced.id().equals(to) ? traced : proxies.get(to);
      boolean isTraced =
          other == traced || (other != null && other.isActiveAt(exchange.time().toEpochMilli()));
      return isTraced ? other : null;
    }
  }

  private TracedProxy latest(TracedProxy proxy) {
    return proxies.getOrDefault(proxy.id(), proxy);
  }

  /** Hands on what waits, for a few seconds at most, and ends. What is left then is lost. */
  @Override
  public void close() {
    watch.close();
    isOn = false;
    sender.close();
  }
}
