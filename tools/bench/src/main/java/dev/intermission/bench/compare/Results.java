package dev.intermission.bench.compare;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.ToDoubleFunction;

/** The figures of all rounds, as a table of ratios. A ratio is taken within a round. */
final class Results {

  /**
   * One contender in one round.
   *
   * @param cpuNanos CPU time per request
   * @param perSecond answers a second
   */
  record Figure(double cpuNanos, double perSecond) {}

  private final Map<Contender, List<Figure>> figures = new LinkedHashMap<>();

  /** Adds the figure of the next round of a contender. */
  void add(Contender contender, Figure figure) {
    figures.computeIfAbsent(contender, it -> new ArrayList<>()).add(figure);
  }

  /** Returns a table in Markdown: medians over the rounds, with the least and the most. */
  String table() {
    StringBuilder table = new StringBuilder();
    table.append(
        "| contender | on | CPU/request | ratio | least–most | requests/s | ratio | to |\n");
    table.append("|---|---|---:|---:|---:|---:|---:|---|\n");
    figures.forEach((contender, rounds) -> table.append(row(contender, rounds)));
    return table.toString();
  }

  private String row(Contender contender, List<Figure> rounds) {
    List<Figure> reference = referenceOf(contender);
    List<Double> cpu = ratios(rounds, reference, Figure::cpuNanos);
    return String.format(
        Locale.ROOT,
        "| %s | %s | %.2f µs | **%.2f** | %.2f–%.2f | %,.0f | %.2f | %s |%n",
        contender.name(),
        contender.platform(),
        median(rounds.stream().map(Figure::cpuNanos).toList()) / 1e3,
        median(cpu),
        cpu.stream().mapToDouble(it -> it).min().orElse(Double.NaN),
        cpu.stream().mapToDouble(it -> it).max().orElse(Double.NaN),
        median(rounds.stream().map(Figure::perSecond).toList()),
        median(ratios(rounds, reference, Figure::perSecond)),
        contender.reference());
  }

  /** The reference on the same platform, else the first of that name; itself if there is none. */
  private List<Figure> referenceOf(Contender contender) {
    List<Contender> candidates =
        figures.keySet().stream().filter(it -> it.name().equals(contender.reference())).toList();
    Contender reference =
        candidates.stream()
            .filter(it -> it.platform().equals(contender.platform()))
            .findFirst()
            .orElse(candidates.isEmpty() ? contender : candidates.get(0));
    return Objects.requireNonNull(figures.get(reference));
  }

  private static List<Double> ratios(
      List<Figure> rounds, List<Figure> reference, ToDoubleFunction<Figure> value) {
    List<Double> ratios = new ArrayList<>();
    for (int i = 0; i < Math.min(rounds.size(), reference.size()); i++) {
      ratios.add(value.applyAsDouble(rounds.get(i)) / value.applyAsDouble(reference.get(i)));
    }
    return ratios;
  }

  static double median(List<Double> values) {
    List<Double> sorted = values.stream().sorted().toList();
    int middle = sorted.size() / 2;
    if (sorted.isEmpty()) {
      return Double.NaN;
    }
    return sorted.size() % 2 == 1
        ? sorted.get(middle)
        : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
  }
}
