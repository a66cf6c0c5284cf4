package dev.intermission.gateway.proxy;

import dev.intermission.api.ProxyId;
import dev.intermission.gate.Gate;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.util.thread.Scheduler;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends what is in flight to an API when it has been closed for the drain time. What ends or opens
 * again before is left alone. Thread-safe; each API's state changes under the lock of its entry,
 * and what is in force at the gate is read under it, so that the last one to look sees the last
 * snapshot.
 */
final class Draining {

  private static final Logger LOG = LoggerFactory.getLogger(Draining.class);

  private final Gate gate;
  private final Duration drainTime;
  private final Scheduler scheduler;
  private final Executor pool;
  private final Map<ProxyId, InFlight> inFlight = new ConcurrentHashMap<>();

  Draining(Gate gate, Duration drainTime, Scheduler scheduler, Executor pool) {
    this.gate = gate;
    this.drainTime = drainTime;
    this.scheduler = scheduler;
    this.pool = pool;
  }

  /** What is in flight to one API, and when it is ended. */
  private static final class InFlight {

    private final Set<Exchange> exchanges = new HashSet<>();
    private @Nullable Deadline deadline;
  }

  /** A deadline is told from later ones of the same API by its identity. */
  private static final class Deadline {

    private Scheduler.@Nullable Task task;
  }

  /** Adds an exchange; if its API was closed in this moment, its time runs. */
  void enter(ProxyId proxy, Exchange exchange) {
    inFlight.compute(
        proxy,
        (id, present) -> {
          InFlight all = present == null ? new InFlight() : present;
          all.exchanges.add(exchange);
          return look(id, all);
        });
  }

  /** Forgets an exchange that has ended. */
  void leave(ProxyId proxy, Exchange exchange) {
    inFlight.computeIfPresent(
        proxy,
        (id, all) -> {
          all.exchanges.remove(exchange);
          if (!all.exchanges.isEmpty()) {
            return all;
          }
          cancel(all);
          return null;
        });
  }

  /** Lets the time of APIs run that are closed now, and no longer that of those that are open. */
  void look() {
    inFlight.keySet().forEach(proxy -> inFlight.computeIfPresent(proxy, this::look));
  }

  private InFlight look(ProxyId proxy, InFlight all) {
    if (gate.current().isOpen(proxy)) {
      cancel(all);
    } else if (all.deadline == null) {
      Deadline deadline = new Deadline();
      all.deadline = deadline;
      deadline.task =
          scheduler.schedule(
              () -> pool.execute(() -> end(proxy, deadline)),
              drainTime.toMillis(),
              TimeUnit.MILLISECONDS);
    }
    return all;
  }

  private static void cancel(InFlight all) {
    if (all.deadline != null && all.deadline.task != null) {
      all.deadline.task.cancel();
    }
    all.deadline = null;
  }

  private void end(ProxyId proxy, Deadline due) {
    Set<Exchange> ending = new HashSet<>();
    inFlight.computeIfPresent(
        proxy,
        (id, all) -> {
          if (all.deadline != due) {
            return all;
          }
          ending.addAll(all.exchanges);
          return null;
        });
    if (!ending.isEmpty()) {
      LOG.info(
          "Ended {} requests and tunnels in flight to {}, which was closed {} ms ago",
          ending.size(),
          proxy,
          drainTime.toMillis());
      ending.forEach(exchange -> end(proxy, exchange));
    }
  }

  private static void end(ProxyId proxy, Exchange exchange) {
    try {
      exchange.drain();
    } catch (RuntimeException e) {
      // The others have to end all the same.
      LOG.warn("Could not end one of those in flight to {}", proxy, e);
    }
  }
}
