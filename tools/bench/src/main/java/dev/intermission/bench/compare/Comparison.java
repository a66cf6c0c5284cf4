package dev.intermission.bench.compare;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Starts all contenders, lets each warm up, and then measures them one after the other, round by
 * round, back and forth: a temporary disturbance of the machine affects all of them.
 */
final class Comparison implements AutoCloseable {

  /**
   * How the comparison is done.
   *
   * @param seconds how long a contender is measured in a round
   * @param warmup how many seconds a contender serves before the first round
   * @param warmupRequests how many requests it must have answered before that; it serves up to ten
   *     times as long for them
   */
  record Schedule(int rounds, int seconds, int warmup, long warmupRequests) {}

  private static final int MOST_WARMUPS = 10;

  private final List<Contender> contenders;
  private final Driver driver;
  private final Schedule schedule;
  private final ScratchFolder scratch;
  private final PrintStream out;
  private final Map<Contender, Serving> running = new LinkedHashMap<>();

  /**
   * @param scratch for the contenders' files
   */
  Comparison(
      List<Contender> contenders,
      Driver driver,
      Schedule schedule,
      ScratchFolder scratch,
      PrintStream out) {
    this.contenders = List.copyOf(contenders);
    this.driver = driver;
    this.schedule = schedule;
    this.scratch = scratch;
    this.out = out;
  }

  Results run() throws InterruptedException {
    start();
    Results results = new Results();
    List<Contender> order = new ArrayList<>(contenders);
    for (int round = 1; round <= schedule.rounds(); round++) {
      for (Contender contender : order) {
        Results.Figure figure = measure(contender);
        results.add(contender, figure);
        out.printf(
            Locale.ROOT,
            "round %d  %-36s %7.2f µs CPU/request %,10.0f requests/s%n",
            round,
            contender,
            figure.cpuNanos() / 1e3,
            figure.perSecond());
      }
      Collections.reverse(order);
    }
    return results;
  }

  private void start() throws InterruptedException {
    SameAnswer same = new SameAnswer();
    for (Contender contender : contenders) {
      Serving serving = contender.launcher().launch(scratch.folder(contender.toString()));
      running.put(contender, serving);
      same.check(contender, serving.url());
    }
    out.printf(Locale.ROOT, "%d contenders give the answer that they must%n", contenders.size());
    for (Contender contender : contenders) {
      long answered = warmUp(contender);
      out.printf(Locale.ROOT, "warm     %-36s after %,d requests%n", contender, answered);
    }
  }

  /**
   * The warm-up counts requests and not only time, since a few seconds are not enough on a busy
   * machine.
   */
  private long warmUp(Contender contender) throws InterruptedException {
    long answered = 0;
    for (int i = 0; i < MOST_WARMUPS && answered < schedule.warmupRequests(); i++) {
      answered += driver.run(serving(contender).url(), schedule.warmup()).requests();
    }
    return answered;
  }

  private Results.Figure measure(Contender contender) throws InterruptedException {
    Serving serving = serving(contender);
    long before = serving.cpuNanos();
    Driver.Answered answered = driver.run(serving.url(), schedule.seconds());
    long used = serving.cpuNanos() - before;
    return new Results.Figure((double) used / answered.requests(), answered.perSecond());
  }

  private Serving serving(Contender contender) {
    Serving serving = running.get(contender);
    if (serving == null) {
      throw new IllegalStateException(contender + " is not running");
    }
    return serving;
  }

  /** Stops all contenders. */
  @Override
  public void close() {
    running.values().forEach(Serving::close);
  }
}
