package dev.intermission.gate;

import dev.intermission.api.ProxyId;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Counts the requests in flight to each API: those that passed because the API was open, and apart
 * from them those that were let in on purpose although it was closed. Thread-safe, without a lock.
 *
 * <p>Whoever lets requests pass enters each one, <em>then</em> reads {@link Gate#current} once
 * more, and decides anew if the API is closed there. Whoever wants to know whether an API is
 * drained first publishes the snapshot that closes it, then reads the count. Both the count and the
 * gate's reference are volatile, so one of the two sees the other: a request that passes because
 * the API was open is in the count, or it sees that the API is closed.
 */
public final class InFlight {

  private final Map<ProxyId, Count> counts = new ConcurrentHashMap<>();
  private final Count ofUnknown = new Count();
  private final Predicate<ProxyId> isClosed;
  private final List<Runnable> whenDrained = new CopyOnWriteArrayList<>();
  private volatile boolean isCounted;
  private volatile boolean isCountedAtFronts;
  private volatile boolean passesUncounted;

  InFlight(Predicate<ProxyId> isClosed) {
    this.isClosed = isClosed;
  }

  /** Those of one API: in the lower half those that passed, in the upper half those let in. */
  private static final class Count {

    private static final long ONE_PASSED = 1;
    private static final long ONE_LET_IN = 1L << Integer.SIZE;

    /** Of a count that is not used any more, since its API was undeployed. */
    private static final long FORGOTTEN = Long.MIN_VALUE;

    private final AtomicLong both = new AtomicLong();

    /** Returns whether it was added; a count that was forgotten takes no more. */
    boolean add(boolean isLetIn) {
      return both.addAndGet(isLetIn ? ONE_LET_IN : ONE_PASSED) > 0;
    }

    /** Returns how many are left that passed. */
    int remove(boolean isLetIn) {
      return passed(both.addAndGet(isLetIn ? -ONE_LET_IN : -ONE_PASSED));
    }

    static int passed(long both) {
      return (int) both;
    }

    static int letIn(long both) {
      return (int) (both >>> Integer.SIZE);
    }
  }

  /** A request in flight. Thread-safe. */
  public final class Entry {

    private final @Nullable ProxyId proxy;
    private final Count count;
    private final boolean isLetIn;
    private final AtomicBoolean isOver = new AtomicBoolean();

    private Entry(@Nullable ProxyId proxy, Count count, boolean isLetIn) {
      this.proxy = proxy;
      this.count = count;
      this.isLetIn = isLetIn;
    }

    /** Returns whether the request was let in although its API is closed. */
    public boolean isLetIn() {
      return isLetIn;
    }

    /** Ends it. Only the first call has an effect. */
    public void leave() {
      if (isOver.compareAndSet(false, true)
          && count.remove(isLetIn) == 0
          && !isLetIn
          && (proxy == null || isClosed.test(proxy))) {
        whenDrained.forEach(Runnable::run);
      }
    }
  }

  /**
   * How many requests to one API are in flight.
   *
   * @param passed those that passed because the API was open
   * @param letIn those that were let in although it was closed
   */
  public record Reading(int passed, int letIn) {

    static final Reading NONE = new Reading(0, 0);
  }

  /**
   * Counts a request. If it passes because its API is open, read {@link Gate#current} after this
   * call, and if the API is closed there, {@linkplain Entry#leave leave} and decide anew.
   *
   * @param isLetIn whether it passes although its API is closed
   */
  public Entry enter(ProxyId proxy, boolean isLetIn) {
    while (true) {
      Count count = counts.get(proxy);
      if (count == null) {
        count = counts.computeIfAbsent(proxy, id -> new Count());
      }
      if (count.add(isLetIn)) {
        return new Entry(proxy, count, isLetIn);
      }
      counts.remove(proxy, count);
    }
  }

  /**
   * Counts a request that passes before the first snapshot, when it is not known yet to which API
   * it belongs. Read {@link Gate#current} after this call as for {@link #enter}.
   */
  public Entry enterUnknown() {
    ofUnknown.add(false);
    return new Entry(null, ofUnknown, false);
  }

  /** Returns how many requests to the API are in flight. */
  public Reading of(ProxyId proxy) {
    Count count = counts.get(proxy);
    return count == null ? Reading.NONE : reading(count);
  }

  private static Reading reading(Count count) {
    long both = count.both.get();
    return both < 0 ? Reading.NONE : new Reading(Count.passed(both), Count.letIn(both));
  }

  /**
   * Says that all requests are entered from now on, whichever front they have passed. Without that,
   * and without {@link #beginAtFront}, nothing is told of them.
   */
  public void begin() {
    isCounted = true;
  }

  /**
   * Says that all requests are entered from now on that pass one of the fronts. Nothing is told of
   * them if others pass {@linkplain #passUncounted uncounted}.
   */
  public void beginAtFront() {
    isCountedAtFronts = true;
  }

  /**
   * Says that requests pass a front that are not entered there, or are not over when they are left.
   */
  public void passUncounted() {
    passesUncounted = true;
  }

  /** Returns whether all requests are entered. */
  public boolean isCounted() {
    return isCounted || (isCountedAtFronts && !passesUncounted);
  }

  /** Returns whether all requests are entered, and the API of each one in flight is known. */
  boolean isKnown() {
    return isCounted() && ofUnknown.both.get() == 0;
  }

  /**
   * Adds what is run each time the last request ends that had passed because an API was open, which
   * is closed by now, or whose API is not known.
   */
  void addListener(Runnable listener) {
    whenDrained.add(listener);
  }

  void removeListener(Runnable listener) {
    whenDrained.remove(listener);
  }

  /** Forgets an API that is not deployed any more, unless there is something in flight to it. */
  void forget(ProxyId proxy) {
    Count count = counts.get(proxy);
    if (count != null && count.both.compareAndSet(0, Count.FORGOTTEN)) {
      counts.remove(proxy, count);
    }
  }

  /** Returns the APIs that had requests. */
  Iterable<ProxyId> proxies() {
    return counts.keySet();
  }
}
