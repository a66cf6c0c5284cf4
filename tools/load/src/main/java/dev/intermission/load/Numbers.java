package dev.intermission.load;

import java.util.Locale;

/** Numbers as they are printed. */
final class Numbers {

  private Numbers() {}

  /** Returns the number with thousands separated. */
  static String whole(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }

  /** Returns the nearest whole number with thousands separated. */
  static String whole(double value) {
    return String.format(Locale.ROOT, "%,.0f", value);
  }

  /** Returns a number with at most two significant decimal digits. */
  static String plain(double value) {
    return String.format(Locale.ROOT, "%,.2f", value).replaceAll("\\.?0+$", "");
  }

  /** Returns a change relative to what was before, in percent with its sign. */
  static String change(double before, double after) {
    return before == 0 ? "-" : String.format(Locale.ROOT, "%+.1f %%", (after / before - 1) * 100);
  }
}
