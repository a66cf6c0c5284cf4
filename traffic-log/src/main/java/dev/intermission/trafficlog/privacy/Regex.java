package dev.intermission.trafficlog.privacy;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Finds what a regular expression of RE2 matches. Its time grows with the length of the text alone,
 * whatever the expression, so back references and look-around are not known.
 */
public final class Regex implements Finder {

  /** The most instructions of a compiled expression; the time of a search grows with them. */
  private static final int MAX_INSTRUCTIONS = 5_000;

  private static final long MAX_REPEATED = 200_000;
  private static final java.util.regex.Pattern COUNT =
      java.util.regex.Pattern.compile("\\{(\\d{1,9})(?:,(\\d{0,9}))?}");

  private final Pattern pattern;

  private Regex(Pattern pattern) {
    this.pattern = pattern;
  }

  /**
   * Returns what is wrong with an expression, or null if it can be used.
   *
   * @return a message for the operator, which follows the name of the field
   */
  public static @Nullable String fault(String expression) {
    try {
      compile(expression);
      return null;
    } catch (IllegalArgumentException e) {
      return e.getMessage();
    }
  }

  /**
   * Compiles an expression.
   *
   * @throws IllegalArgumentException if it can't be used, with the message of {@link #fault}
   */
  static Regex compile(String expression) {
    if (repeated(expression) > MAX_REPEATED) {
      throw new IllegalArgumentException("repeats parts too often");
    }
    try {
      Pattern pattern = Pattern.compile(expression);
      if (pattern.programSize() > MAX_INSTRUCTIONS) {
        throw new IllegalArgumentException("is too large when its repetitions are written out");
      }
      return new Regex(pattern);
    } catch (PatternSyntaxException e) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "is no regular expression of RE2: %s; look-around and back references are not known",
              e.getDescription()),
          e);
    }
  }

  /** Returns the product of all counts, which bounds what nested repetitions make. */
  private static long repeated(String expression) {
    long product = 1;
    java.util.regex.Matcher counts = COUNT.matcher(expression);
    while (counts.find() && product <= MAX_REPEATED) {
      String most = counts.group(2);
      long count = Long.parseLong(most == null || most.isEmpty() ? counts.group(1) : most);
      product *= Math.max(1, count);
    }
    return product;
  }

  @Override
  public List<Range> find(String text) {
    List<Range> found = new ArrayList<>();
    Matcher matcher = pattern.matcher(text);
    while (matcher.find()) {
      if (matcher.end() > matcher.start()) {
        found.add(new Range(matcher.start(), matcher.end()));
      }
    }
    return found;
  }
}
