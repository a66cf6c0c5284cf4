package dev.intermission.fleet;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A client that asks one gateway node again and again, and notes what a node must never do: fail a
 * request, take status and message from two deployments, or go back to an older one.
 */
final class Traffic implements AutoCloseable {

  private final Operator operator;
  private final FleetNode gateway;
  private final List<String> faults = new CopyOnWriteArrayList<>();
  private final AtomicInteger requests = new AtomicInteger();
  private final Thread thread = new Thread(this::run, "traffic");
  private volatile boolean stopping;
  private int newest = -1;

  Traffic(Operator operator, FleetNode gateway) {
    this.operator = operator;
    this.gateway = gateway;
    thread.start();
  }

  private void run() {
    while (!stopping) {
      try {
        check(operator.client(gateway));
        requests.incrementAndGet();
      } catch (IOException e) {
        faults.add(gateway.name() + ": " + e);
      } catch (InterruptedException stopped) {
        return;
      }
    }
  }

  private void check(Operator.Reply reply) {
    if (reply.status() == 200) {
      if (newest >= 0) {
        faults.add("%s is open after %d".formatted(gateway.name(), newest));
      }
      return;
    }
    int number = Integer.parseInt(reply.body());
    if (reply.status() != 500 + number % 90) {
      faults.add("%s has %d with %s".formatted(gateway.name(), reply.status(), reply.body()));
    }
    if (number < newest) {
      faults.add("%s went back from %d to %d".formatted(gateway.name(), newest, number));
    }
    newest = number;
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
