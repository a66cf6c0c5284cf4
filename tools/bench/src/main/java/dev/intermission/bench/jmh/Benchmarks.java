package dev.intermission.bench.jmh;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Runs the benchmarks. Takes JMH's own arguments; {@code --quick} as the first is short for one
 * fork with few and short iterations, enough to see the order of magnitude.
 */
public final class Benchmarks {

  private static final List<String> QUICK =
      List.of("-f", "1", "-wi", "2", "-i", "3", "-w", "300ms", "-r", "300ms");

  private Benchmarks() {}

  /** Runs what JMH's arguments name; all benchmarks with allocation per operation if none do. */
  public static void main(String[] args) throws Exception {
    List<String> all = new ArrayList<>(Arrays.asList(args));
    if (all.remove("--quick")) {
      all.addAll(QUICK);
    }
    if (!all.contains("-prof")) {
      all.addAll(List.of("-prof", "gc"));
    }
    org.openjdk.jmh.Main.main(all.toArray(String[]::new));
  }
}
