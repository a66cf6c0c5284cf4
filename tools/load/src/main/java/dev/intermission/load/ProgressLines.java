package dev.intermission.load;

import java.io.PrintStream;
import java.util.Locale;

/** Progress as lines on a terminal. */
final class ProgressLines implements Progress {

  private final PrintStream out;

  ProgressLines(PrintStream out) {
    this.out = out;
  }

  @Override
  public void step(String what) {
    out.println(what);
    out.flush();
  }

  @Override
  public void second(double end, double length, Counts counts) {
    out.println(
        String.format(
            Locale.ROOT,
            "%6.0f s %10s/s   p50 %-8s p99 %-8s max %-8s errors %s",
            end,
            Numbers.whole(counts.answered() / length),
            Durations.text(counts.percentile(50)),
            Durations.text(counts.percentile(99)),
            Durations.text(counts.percentile(100)),
            Numbers.whole(counts.failures())));
    out.flush();
  }
}
