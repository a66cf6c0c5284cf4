package dev.intermission.bench.jmh;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * Compares the exemptions of {@link Exempted} in alternating rounds of one run, since the machine
 * changes more between two runs than many of them cost. Prints, for each, the nanoseconds that a
 * decision takes, and those by which it takes longer than one without exemptions in the same round;
 * medians, with the middle half of the rounds.
 */
public final class ExemptedMain {

  private static final int ROUNDS = 200;
  private static final int WARM_UP = 40;
  private static final int DECISIONS = 20_000;

  private static final List<Exempted.Kind> KINDS = List.of(Exempted.Kind.values());

  private ExemptedMain() {}

  /** Takes no argument. */
  public static void main(String[] args) {
    List<Exempted> contenders = KINDS.stream().map(Exempted::of).toList();
    double[][] times = new double[contenders.size()][ROUNDS];
    long sum = 0;
    for (int round = -WARM_UP; round < ROUNDS; round++) {
      for (int i = 0; i < times.length; i++) {
        Exempted contender = contenders.get(i);
        sum += passed(contender);
        long begin = System.nanoTime();
        sum += passed(contender);
        if (round >= 0) {
          times[i][round] = (System.nanoTime() - begin) / (double) DECISIONS;
        }
      }
    }
    System.out.println("| exemptions | ns/request | more than none | middle half |");
    System.out.println("|---|---:|---:|---:|");
    for (int i = 0; i < times.length; i++) {
      System.out.println(line(KINDS.get(i), times[i], times[0]));
    }
    System.out.println("requests that passed: " + sum);
  }

  private static long passed(Exempted contender) {
    long passed = 0;
    for (int i = 0; i < DECISIONS; i++) {
      passed += contender.closed().answer() == null ? 1 : 0;
    }
    return passed;
  }

  private static String line(Exempted.Kind kind, double[] times, double[] none) {
    double[] more = IntStream.range(0, ROUNDS).mapToDouble(r -> times[r] - none[r]).toArray();
    double[] sorted = times.clone();
    Arrays.sort(sorted);
    Arrays.sort(more);
    return String.format(
        Locale.ROOT,
        "| %s | %.0f | %.0f | %.0f to %.0f |",
        kind.name().toLowerCase(Locale.ROOT).replace('_', ' '),
        sorted[ROUNDS / 2],
        more[ROUNDS / 2],
        more[ROUNDS / 4],
        more[3 * ROUNDS / 4]);
  }
}
