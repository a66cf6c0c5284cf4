package dev.intermission.api.trace;

/** Takes what gateways recorded. Thread-safe. */
public interface TraceReceiver {

  /**
   * Keeps a report; it is durable when this returns. A record that came before is kept once, and
   * those of proxies that do not exist are left out. May block for a minute.
   *
   * @param environment the environment that the gateway serves
   * @param node its name
   * @param run which process of it tells, 1 to 64 letters and digits
   * @throws IllegalArgumentException if the report is one that is never kept, since it is too large
   *     or not understood: it must not be told again
   * @throws IllegalStateException if there is a fault where it should be kept, and no outage: it
   *     may be told again a few times, and then its records one by one
   * @throws RuntimeException if the report can't be kept now; it may be told again
   */
  void receive(String environment, String node, String run, TraceReport report);
}
