package dev.intermission.admin.overview;

import dev.intermission.admin.access.Admission;
import dev.intermission.admin.http.Reply;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The open response of one client. An event is made when the client can take it and not before, so
 * nothing is kept for a slow one but its place; one thread at a time writes, of the container's,
 * and none waits. Thread-safe.
 */
final class EventStream implements Reply.Writing, WriteListener, AsyncListener {

  static final Duration BETWEEN_HEARTBEATS = Duration.ofSeconds(10);

  /** How long a client may take nothing at all. */
  private static final Duration LONGEST_BLOCKED = Duration.ofSeconds(30);

  /** How long a stream that ends waits for a client that takes nothing at the moment. */
  private static final Duration UNTIL_END_IS_READ = Duration.ofSeconds(1);

  private static final byte[] NOTHING = {};

  private final EventStreams streams;
  private final Admission.Standing caller;
  private final Telling telling;
  private final Clock clock;
  private final Duration untilEndIsRead;
  private final AtomicInteger turns = new AtomicInteger();
  private final AtomicBoolean finished = new AtomicBoolean();

  private volatile @Nullable Connection connection;
  private volatile boolean opened;
  private volatile Telling.@Nullable Allowed allowed;
  private volatile @Nullable Ending ending;
  private volatile boolean heartbeatDue;
  private volatile boolean current = true;

  /** When the client took something the last time, or 0 if there is nothing that it has to take. */
  private volatile long blockedSince = System.nanoTime();

  private long lastHeartbeat = System.nanoTime();

  // Of the thread whose turn it is.
  private boolean greeted;
  private boolean endTold;
  private boolean endAwaited;
  private boolean unflushed;

  private record Connection(AsyncContext async, ServletOutputStream out) {}

  /** Why a stream ends (contract section 9). */
  enum Ending {
    TOKEN_EXPIRED,
    TOKEN_INVALID,
    STOPPING,
    LAGGING
  }

  EventStream(EventStreams streams, Admission.Standing caller, Telling telling, Clock clock) {
    this(streams, caller, telling, clock, UNTIL_END_IS_READ);
  }

  EventStream(
      EventStreams streams,
      Admission.Standing caller,
      Telling telling,
      Clock clock,
      Duration untilEndIsRead) {
    this.untilEndIsRead = untilEndIsRead;
    this.streams = streams;
    this.caller = caller;
    this.telling = telling;
    this.clock = clock;
  }

  Admission.Standing caller() {
    return caller;
  }

  @Override
  public void begin(AsyncContext async) throws IOException {
    async.setTimeout(0);
    async.addListener(this);
    ServletOutputStream out = async.getResponse().getOutputStream();
    connection = new Connection(async, out);
    out.setWriteListener(this);
  }

  /** Lets the client know what there is to know. */
  void tell(Telling.Allowed next) {
    allowed = next;
    wake();
  }

  /** Ends the stream, with an event if the client can take it now. */
  void end(Ending reason) {
    if (ending == null) {
      ending = reason;
    }
    wake();
  }

  /**
   * Sends a heartbeat when it is time, and ends the stream of a client that takes nothing. One
   * thread calls it, about once a second.
   *
   * @param storeIsRead whether the admin node can read its store
   */
  void tick(boolean storeIsRead) {
    long now = System.nanoTime();
    current = storeIsRead;
    long blocked = blockedSince;
    if (blocked != 0 && now - blocked > LONGEST_BLOCKED.toNanos()) {
      end(Ending.LAGGING);
      if (connection == null) {
        finish();
      }
    } else if (now - lastHeartbeat >= BETWEEN_HEARTBEATS.toNanos()) {
      lastHeartbeat = now;
      heartbeatDue = true;
      wake();
    }
  }

  /** Hands the turn to a thread of the container, so that the caller is not kept busy. */
  private void wake() {
    Connection to = connection;
    if (to == null || !opened || turns.getAndIncrement() > 0) {
      return;
    }
    try {
      to.async().start(this::takeTurns);
    } catch (RuntimeException e) {
      // It is complete already, or the container stops.
      finish();
    }
  }

  @Override
  public void onWritePossible() {
    opened = true;
    if (turns.getAndIncrement() == 0) {
      takeTurns();
    }
  }

  /** Whoever comes meanwhile is counted, and its turn is taken here. */
  private void takeTurns() {
    int taken = 1;
    do {
      try {
        write();
      } catch (IOException e) {
        finish();
      } catch (RuntimeException | Error e) {
        streams.failed(e);
        finish();
      }
      taken = turns.addAndGet(-taken);
    } while (taken != 0);
  }

  private void write() throws IOException {
    Connection to = connection;
    while (to != null && !finished.get() && to.out().isReady()) {
      byte[] next = next();
      if (next.length > 0) {
        to.out().write(next);
        unflushed = true;
      } else if (unflushed) {
        to.out().flush();
        unflushed = false;
      } else {
        blockedSince = 0;
        if (ending != null) {
          finish();
        }
        return;
      }
      blockedSince = System.nanoTime();
    }
    if (ending != null && !endAwaited) {
      // The client may read on; then it is told why the stream ends.
      endAwaited = true;
      CompletableFuture.delayedExecutor(untilEndIsRead.toMillis(), TimeUnit.MILLISECONDS)
          .execute(this::finish);
    }
  }

  private byte[] next() {
    if (!greeted) {
      greeted = true;
      return EventText.retry();
    }
    Telling.Allowed known = allowed;
    if (ending == null && heartbeatDue) {
      heartbeatDue = false;
      return EventText.heartbeat(
          clock.instant(), current, known == null ? null : telling.id(known));
    }
    if (ending == null && known != null) {
      byte[] told = telling.next(known);
      if (told.length > 0 || !telling.lags()) {
        return told;
      }
      ending = Ending.LAGGING;
    }
    Ending reason = ending;
    if (reason == null || endTold) {
      return NOTHING;
    }
    endTold = true;
    return EventText.end(reason);
  }

  private void finish() {
    if (finished.compareAndSet(false, true)) {
      streams.gone(this);
      Connection to = connection;
      if (to != null) {
        try {
          to.async().complete();
        } catch (IllegalStateException e) {
          // The container has completed it, because of an error of the connection.
          return;
        }
      }
    }
  }

  @Override
  public void onError(Throwable failure) {
    finish();
  }

  @Override
  public void onComplete(AsyncEvent event) {
    finish();
  }

  @Override
  public void onError(AsyncEvent event) {
    finish();
  }

  @Override
  public void onTimeout(AsyncEvent event) {
    finish();
  }

  @Override
  public void onStartAsync(AsyncEvent event) {
    // It is started once.
  }
}
