package dev.intermission.admin.overview;

import dev.intermission.admin.access.Admission;
import dev.intermission.admin.access.TokenCheck;
import dev.intermission.admin.http.Refusal;
import dev.intermission.api.store.SettingsStore;
import dev.intermission.feed.server.AdminFeed;
import dev.intermission.runtime.BackgroundLoop;
import dev.intermission.runtime.Backoff;
import dev.intermission.runtime.FailureLog;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All open event streams. One thread looks for changes, and checks the tokens before it lets the
 * clients know; another one sees to heartbeats, also while the store can't be read. Without a
 * stream the first thread looks now and then, so that the overview is in memory when it is asked
 * for, and a client of another admin node can go on here. Thread-safe.
 */
final class EventStreams implements AutoCloseable {

  static final int OF_USER = 20;
  static final int IN_ALL = 200;

  private static final Logger LOG = LoggerFactory.getLogger(EventStreams.class);
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(250);

  /** How often is looked for what is no change of the store. */
  private static final Duration BETWEEN_VIEWS = Duration.ofSeconds(1);

  private static final Duration BETWEEN_IDLE_VIEWS = Duration.ofSeconds(5);
  private static final Duration WHILE_STOPPING = Duration.ofSeconds(1);

  private final Admission admission;
  private final SettingsStore store;
  private final AdminFeed feed;
  private final Overview overview;
  private final Clock clock;
  private final FrameLog log = new FrameLog();
  private final Set<EventStream> streams = ConcurrentHashMap.newKeySet();
  private final FailureLog failures = new FailureLog(LOG);
  private final Semaphore asked = new Semaphore(0);
  private final CountDownLatch end = new CountDownLatch(1);
  private final BackgroundLoop changes =
      new BackgroundLoop(
          "maintenance-events",
          LOG,
          new BackgroundLoop.Texts(
              "The overview is not kept current until the store can be read again",
              "The overview is current again"),
          new Backoff(Duration.ofMillis(100), Duration.ofSeconds(1)),
          this::look);
  private final BackgroundLoop heartbeats =
      new BackgroundLoop(
          "maintenance-heartbeats",
          LOG,
          new BackgroundLoop.Texts("Event streams have no heartbeats", "They have again"),
          new Backoff(Duration.ofMillis(100), Duration.ofSeconds(1)),
          this::beat);

  private volatile boolean current = true;
  private long lastView = System.nanoTime();

  EventStreams(
      Admission admission, SettingsStore store, AdminFeed feed, Overview overview, Clock clock) {
    this.admission = admission;
    this.store = store;
    this.feed = feed;
    this.overview = overview;
    this.clock = clock;
  }

  /** Begins to read the overview, and to look for changes; to be called once. */
  void start() {
    changes.start();
    heartbeats.start();
  }

  /**
   * Makes a stream, which counts as open from now on.
   *
   * @param from where the client wants to go on, or null
   * @throws Refusal if there are too many
   */
  synchronized EventStream open(
      Admission.Standing caller, OverviewQuery query, @Nullable EventId from) {
    if (end.getCount() == 0) {
      throw Refusal.unavailable("The admin node is stopping; ask another one", WHILE_STOPPING);
    }
    String user = caller.user().name();
    if (streams.stream().filter(open -> open.caller().user().name().equals(user)).count()
        >= OF_USER) {
      throw Refusal.tooManyStreams(OF_USER, true);
    }
    if (streams.size() >= IN_ALL) {
      throw Refusal.tooManyStreams(IN_ALL, false);
    }
    EventStream stream = new EventStream(this, caller, new Telling(query, log, from), clock);
    streams.add(stream);
    asked.release();
    return stream;
  }

  private void look(BackgroundLoop loop) throws InterruptedException {
    boolean isAsked = asked.tryAcquire(BETWEEN_LOOKS.toMillis(), TimeUnit.MILLISECONDS);
    asked.drainPermits();
    // A stream that comes later is not told of a view that was read before it came.
    List<EventStream> present = List.copyOf(streams);
    try {
      if (isAsked || isDue(!present.isEmpty())) {
        FrameLog.Newest newest = log.add(view());
        lastView = System.nanoTime();
        tell(present, newest);
      }
      current = true;
      loop.succeeded();
    } catch (RuntimeException e) {
      current = false;
      throw e;
    }
  }

  private boolean isDue(boolean hasStreams) {
    long sinceLast = System.nanoTime() - lastView;
    if (!hasStreams) {
      return log.newest() == null || sinceLast >= BETWEEN_IDLE_VIEWS.toNanos();
    }
    FrameLog.Newest newest = log.newest();
    return newest == null
        || sinceLast >= BETWEEN_VIEWS.toNanos()
        || store.newestChange() != newest.view().state().change();
  }

  private View view() {
    Overview.State state = overview.read();
    ServingNodes nodes = ServingNodes.in(store.environments(), feed, store);
    return new View(state, nodes, clock.instant(), store.now());
  }

  /** Each token is checked once, after the view was read, so that nobody sees more than is due. */
  private void tell(List<EventStream> present, FrameLog.Newest newest) {
    Map<String, TokenCheck> checks = new HashMap<>();
    for (EventStream stream : present) {
      TokenCheck check = checks.computeIfAbsent(stream.caller().tokenHash(), admission::again);
      if (check instanceof TokenCheck.Accepted accepted) {
        stream.tell(new Telling.Allowed(accepted.user(), newest));
      } else {
        stream.end(
            check == TokenCheck.Refused.EXPIRED
                ? EventStream.Ending.TOKEN_EXPIRED
                : EventStream.Ending.TOKEN_INVALID);
      }
    }
  }

  private void beat(BackgroundLoop loop) throws InterruptedException {
    if (end.await(1, TimeUnit.SECONDS)) {
      loop.close();
      return;
    }
    streams.forEach(stream -> stream.tick(current));
    loop.succeeded();
  }

  /** Takes note that a stream has ended. */
  void gone(EventStream stream) {
    streams.remove(stream);
  }

  /** Logs what is not the fault of a client. */
  void failed(Throwable failure) {
    failures.failed("An event stream ended", failure);
  }

  /** Ends all streams, and lets no other begin. */
  void end() {
    synchronized (this) {
      end.countDown();
    }
    streams.forEach(stream -> stream.end(EventStream.Ending.STOPPING));
  }

  /** Ends all streams, and the threads. */
  @Override
  public void close() {
    end();
    changes.close();
    heartbeats.close();
  }
}
