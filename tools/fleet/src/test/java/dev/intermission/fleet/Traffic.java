package dev.intermission.fleet;

import java.io.IOException;
import java.net.ConnectException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A client that asks gateway nodes in turn, again and again, and goes on to the next where one
 * takes no connection. It notes what must never be: a request that fails, status and message of two
 * deployments, or a node that goes back to an older one.
 */
final class Traffic implements AutoCloseable {

  private static final int NOTHING = -1;

  private final Operator operator;
  private final List<FleetNode> gateways;
  private final List<String> faults = new CopyOnWriteArrayList<>();
  private final AtomicInteger requests = new AtomicInteger();
  private final Thread thread = new Thread(this::run, "traffic");
  private volatile boolean stopping;
  private final Map<FleetNode, Integer> newest = new HashMap<>();

  Traffic(Operator operator, FleetNode... gateways) {
    this.operator = operator;
    this.gateways = List.of(gateways);
    thread.start();
  }

  private void run() {
    int next = 0;
    int refused = 0;
    while (!stopping) {
      FleetNode gateway = gateways.get(next);
      try {
        check(gateway, operator.client(gateway));
        requests.incrementAndGet();
        refused = 0;
      } catch (ConnectException e) {
        refused++;
        if (refused == gateways.size()) {
          faults.add("no node takes a connection: " + e);
          refused = 0;
        }
      } catch (IOException | RuntimeException e) {
        faults.add(gateway.name() + ": " + e);
      } catch (InterruptedException e) {
        return;
      }
      next = (next + 1) % gateways.size();
    }
  }

  private void check(FleetNode gateway, Operator.Reply reply) {
    int before = newest.getOrDefault(gateway, NOTHING);
    if (reply.status() == 200) {
      if (before != NOTHING) {
        faults.add("%s is open after %d".formatted(gateway.name(), before));
      }
      return;
    }
    if (!reply.body().matches("[0-9]+")) {
      faults.add("%s answers %d %s".formatted(gateway.name(), reply.status(), reply.body()));
      return;
    }
    int number = Integer.parseInt(reply.body());
    if (reply.status() != 500 + number % 90) {
      faults.add("%s has %d with %s".formatted(gateway.name(), reply.status(), reply.body()));
    }
    if (number < before) {
      faults.add("%s went back from %d to %d".formatted(gateway.name(), before, number));
    }
    newest.put(gateway, number);
  }

  /** Returns what went wrong so far. */
  List<String> faults() {
    return faults;
  }

  /** Returns how many requests were answered. */
  int requests() {
    return requests.get();
  }

  @Override
  public void close() {
    stopping = true;
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
