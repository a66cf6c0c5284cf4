package dev.intermission.load;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import org.HdrHistogram.Histogram;

/** The charts of a measurement. */
final class Charts {

  private static final int TALL = 300;
  private static final int LOW = 190;
  private static final int POINTS_PER_DECADE = 24;
  private static final int LEAST_ERRORS = 5;

  private final Measurement measured;
  private final Counts all;

  Charts(Measurement measured) {
    this.measured = measured;
    all = measured.all();
  }

  /** Latency against percentile, each nine as wide as the one before it. */
  String latencyByPercentile() {
    Histogram latencies = all.latencies();
    Chart chart =
        new Chart(
            "Latency by percentile",
            TALL,
            Scale.percentiles(latencies.getTotalCount()),
            latencyScale(latencies.getMinNonZeroValue(), latencies.getMaxValue()));
    if (measured.compares()) {
      chart.line("quiet", curve(measured.quiet().latencies()));
      chart.line("deploying", curve(measured.deploying().latencies()));
    } else {
      chart.line("main", curve(latencies));
    }
    return chart.render();
  }

  private static List<Chart.Point> curve(Histogram latencies) {
    List<Chart.Point> points = new ArrayList<>();
    double end = Math.log10(Math.max(1.0, (double) latencies.getTotalCount()));
    for (int i = 0; i < end * POINTS_PER_DECADE; i++) {
      double nines = i / (double) POINTS_PER_DECADE;
      double percentile = 100 * (1 - Math.pow(10, -nines));
      points.add(new Chart.Point(nines, (double) latencies.getValueAtPercentile(percentile)));
    }
    points.add(new Chart.Point(end, (double) latencies.getMaxValue()));
    return points;
  }

  String throughput() {
    double most = measured.bins().stream().mapToDouble(Bin::throughput).max().orElse(1);
    Chart chart = overTime("Throughput over time", TALL, Scale.upTo(most, Numbers::plain));
    chart.line("main", points(Bin::throughput));
    return chart.render();
  }

  String latencyOverTime() {
    long least =
        measured.bins().stream().mapToLong(Bin::p50).filter(v -> v > 0).min().orElse(1_000);
    long most = measured.bins().stream().mapToLong(Bin::max).max().orElse(1_000);
    Chart chart = overTime("Latency over time", TALL, latencyScale(least, most));
    chart.line("faint", points(Bin::max));
    chart.line("second", points(Bin::p50));
    chart.line("main", points(Bin::p99));
    return chart.render();
  }

  String errors() {
    double most = measured.bins().stream().mapToDouble(Charts::errorsPerSecond).max().orElse(1);
    Chart chart =
        overTime("Errors over time", LOW, Scale.upTo(Math.max(LEAST_ERRORS, most), Numbers::plain));
    chart.line("error", points(Charts::errorsPerSecond));
    return chart.render();
  }

  private static double errorsPerSecond(Bin bin) {
    return bin.failures() / (bin.end() - bin.start());
  }

  private Chart overTime(String title, int height, Scale up) {
    double end = measured.bins().stream().mapToDouble(Bin::end).max().orElse(1);
    Chart chart =
        new Chart(
            title,
            height,
            Scale.exactly(end, second -> Durations.text(Math.round(second * 1e9))),
            up);
    shadeWindows(chart);
    chart.marks("swap", starts(true));
    chart.marks("refused", starts(false));
    measured.bins().forEach(bin -> chart.hint(bin.start(), bin.end(), hint(bin)));
    return chart;
  }

  private void shadeWindows(Chart chart) {
    double window =
        measured.plan().deployments().map(plan -> plan.window().toNanos() / 1e9).orElse(0.0);
    for (double from = window; window > 0 && from < measured.seconds(); from += 2 * window) {
      chart.band("window", from, Math.min(measured.seconds(), from + window));
    }
  }

  private List<Double> starts(boolean acknowledged) {
    return measured.swaps().stream()
        .filter(swap -> swap.acknowledged() == acknowledged)
        .map(Swap::ended)
        .toList();
  }

  private static String hint(Bin bin) {
    return String.format(
        Locale.ROOT,
        "%s: %s/s, p50 %s, p99 %s, max %s, %s errors",
        Durations.text(Math.round(bin.end() * 1e9)),
        Numbers.whole(bin.throughput()),
        Durations.text(bin.p50()),
        Durations.text(bin.p99()),
        Durations.text(bin.max()),
        Numbers.whole(bin.failures()));
  }

  private List<Chart.Point> points(ToDoubleFunction<Bin> value) {
    return measured.bins().stream()
        .map(bin -> new Chart.Point(bin.middle(), value.applyAsDouble(bin)))
        .toList();
  }

  private static Scale latencyScale(long least, long most) {
    double from = Math.max(1_000, (double) Math.min(least, most));
    return Scale.logarithmic(
        from, Math.max(from, (double) most), nanos -> Durations.text(Math.round(nanos)));
  }
}
