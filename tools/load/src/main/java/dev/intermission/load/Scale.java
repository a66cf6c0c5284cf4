package dev.intermission.load;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.DoubleFunction;

/** One axis of a chart: where a value is between its ends, and which values are labelled. */
final class Scale {

  /** A labelled value. */
  record Tick(double value, String label) {}

  private static final int TICKS = 6;
  private static final double[] STEPS = {1, 2, 5, 10};

  private final double from;
  private final double to;
  private final boolean logarithmic;
  private final List<Tick> ticks;

  private Scale(double from, double to, boolean logarithmic, List<Tick> ticks) {
    this.from = from;
    this.to = to;
    this.logarithmic = logarithmic;
    this.ticks = List.copyOf(ticks);
  }

  /** From 0 to at least this value, ending at a round one. */
  static Scale upTo(double most, DoubleFunction<String> label) {
    double step = roundStep(most / TICKS);
    double end = Math.max(1, Math.ceil(most / step)) * step;
    return linear(end, step, label);
  }

  /** From 0 to exactly this value, as time is. */
  static Scale exactly(double end, DoubleFunction<String> label) {
    return linear(end, roundStep(end / TICKS), label);
  }

  private static Scale linear(double end, double step, DoubleFunction<String> label) {
    List<Tick> ticks = new ArrayList<>();
    for (int i = 0; i * step <= end * 1.0001; i++) {
      ticks.add(new Tick(i * step, label.apply(i * step)));
    }
    return new Scale(0, end, false, ticks);
  }

  /** From below the least to above the most, both more than 0. */
  static Scale logarithmic(double least, double most, DoubleFunction<String> label) {
    double from = roundDown(least);
    double to = from;
    List<Tick> ticks = new ArrayList<>(List.of(new Tick(from, label.apply(from))));
    for (boolean below = true; below; below = to < most) {
      to = above(to);
      ticks.add(new Tick(to, label.apply(to)));
    }
    boolean many = ticks.size() > 9;
    ticks.removeIf(tick -> many && !isPowerOfTen(tick.value()));
    return new Scale(from, to, true, ticks);
  }

  /**
   * Percentiles from 0 to the last one that this number of values can show, as decades of nines.
   */
  static Scale percentiles(long count) {
    double end = Math.max(2, Math.ceil(Math.log10(Math.max(1.0, (double) count))));
    List<Tick> ticks = new ArrayList<>();
    ticks.add(new Tick(0, "0 %"));
    ticks.add(new Tick(Math.log10(2), "50 %"));
    for (int nines = 1; nines <= end; nines++) {
      int digits = Math.max(0, nines - 2);
      double percent = 100 - Math.pow(10, 2 - nines);
      ticks.add(new Tick(nines, String.format(Locale.ROOT, "%." + digits + "f %%", percent)));
    }
    return new Scale(0, end, false, ticks);
  }

  List<Tick> ticks() {
    return ticks;
  }

  double end() {
    return to;
  }

  /** Returns where the value is: 0 at the beginning of the axis, 1 at its end. */
  double at(double value) {
    double place =
        logarithmic
            ? Math.log(Math.max(value, from) / from) / Math.log(to / from)
            : (value - from) / (to - from);
    return Math.min(1, Math.max(0, place));
  }

  private static double roundStep(double least) {
    double power = Math.pow(10, Math.floor(Math.log10(Math.max(least, 1e-9))));
    for (double step : STEPS) {
      if (step * power >= least * 0.9999) {
        return step * power;
      }
    }
    return 10 * power;
  }

  private static double roundDown(double value) {
    double power = Math.pow(10, Math.floor(Math.log10(value)));
    return value >= 5 * power ? 5 * power : value >= 2 * power ? 2 * power : power;
  }

  private static double above(double value) {
    double power = Math.pow(10, Math.floor(Math.log10(value * 1.0001)));
    double digit = value / power;
    return digit < 1.5 ? 2 * power : digit < 3 ? 5 * power : 10 * power;
  }

  private static boolean isPowerOfTen(double value) {
    double exponent = Math.log10(value);
    return Math.abs(exponent - Math.rint(exponent)) < 1e-6;
  }
}
