package dev.intermission.load;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.HdrHistogram.Histogram;

/** A measurement as text for a terminal. */
final class Summary {

  private Summary() {}

  static String of(Outcome outcome) {
    Measurement measured = outcome.measured();
    Counts all = measured.all();
    StringBuilder text = new StringBuilder();
    text.append(row("", "requests", "per second", "errors", "p50", "p90", "p99", "p99.9", "max"));
    measured.parts().forEach(part -> text.append(row(part)));
    all.statuses()
        .forEach(
            (status, count) ->
                text.append(
                    String.format(
                        Locale.ROOT, "%-26s %s%n", "  status " + status, Numbers.whole(count))));
    for (Failure failure : Failure.values()) {
      if (all.failures(failure) > 0) {
        text.append(
            String.format(
                Locale.ROOT,
                "%-26s %s%n",
                "  " + failure.label(),
                Numbers.whole(all.failures(failure))));
      }
    }
    if (measured.plan().deployments().isPresent()) {
      text.append(deployments(measured)).append(System.lineSeparator());
    }
    outcome
        .notes()
        .forEach(note -> text.append("Note: ").append(note).append(System.lineSeparator()));
    for (Bounds.Check check : outcome.checks()) {
      text.append(
          String.format(Locale.ROOT, "%-8s %s%n", check.met() ? "ok" : "MISSED", check.text()));
    }
    return text.toString();
  }

  /** Returns the results of the deployments as a sentence. */
  static String deployments(Measurement measured) {
    List<Swap> swaps = measured.swaps();
    Histogram taken = Tally.histogram();
    swaps.stream().filter(Swap::acknowledged).forEach(swap -> taken.recordValue(swap.nanos()));
    long refused = swaps.size() - taken.getTotalCount();
    String text =
        String.format(
            Locale.ROOT,
            "%s deployments acknowledged, %s not; acknowledged after %s (p50), %s (max)",
            Numbers.whole(taken.getTotalCount()),
            Numbers.whole(refused),
            Durations.text(taken.getValueAtPercentile(50)),
            Durations.text(taken.getMaxValue()));
    return measured.compares() ? text + "; " + difference(measured) : text;
  }

  private static String difference(Measurement measured) {
    Measurement.Part without = measured.withoutDeployments();
    Measurement.Part with = measured.withDeployments();
    return String.format(
        Locale.ROOT,
        "with deployments throughput %s, p99 %s",
        Numbers.change(without.throughput(), with.throughput()),
        Numbers.change(
            (double) without.counts().percentile(99), (double) with.counts().percentile(99)));
  }

  private static String row(Measurement.Part part) {
    Counts counts = part.counts();
    List<Object> cells = new ArrayList<>();
    cells.add(part.name());
    cells.add(Numbers.whole(counts.requests()));
    cells.add(Numbers.whole(part.throughput()));
    cells.add(Numbers.whole(counts.failures()));
    for (double percentile : new double[] {50, 90, 99, 99.9, 100}) {
      cells.add(Durations.text(counts.percentile(percentile)));
    }
    return row(cells.toArray());
  }

  private static String row(Object... cells) {
    return String.format(Locale.ROOT, "%-12s %12s %12s %9s %9s %9s %9s %9s %9s%n", cells);
  }
}
