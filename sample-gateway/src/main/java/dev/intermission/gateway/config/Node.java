package dev.intermission.gateway.config;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A part of the configuration as it was written, with its line. */
sealed interface Node {

  /** Returns the line of the part, or of its key, from 1; 0 if it is not in the file. */
  int line();

  /** Returns a description of the part. */
  String found();

  /** A part whose fault has been reported already. */
  record Refused(int line) implements Node {
    @Override
    public String found() {
      return "what is not allowed";
    }
  }

  /** A list. */
  record Items(List<Node> items, int line) implements Node {
    @Override
    public String found() {
      return "a list";
    }
  }

  /** A mapping of keys to values, in the order of the file. */
  record Keys(Map<String, Node> entries, int line) implements Node {

    static Keys none(int line) {
      return new Keys(new LinkedHashMap<>(), line);
    }

    @Override
    public String found() {
      return "a mapping";
    }
  }

  /**
   * A single value.
   *
   * @param plain whether it was written without quotes, so that it may be a number
   * @param given where it was given, if not in the file
   */
  record Scalar(
      String text, boolean plain, int line, Given.@Nullable Value given, @Nullable Key key)
      implements Node {

    private static final Pattern WHOLE = Pattern.compile("-?(0|[1-9][0-9]*)");
    private static final Pattern NUMBER =
        Pattern.compile(
            "[-+]?([0-9]+(\\.[0-9]*)?|\\.[0-9]+)([eE][-+]?[0-9]+)?|[-+]?\\.(inf|Inf|INF)|\\.(nan|NaN|NAN)");

    /** Texts that YAML reads as another number than people expect, such as 010 for 8. */
    private static final Pattern ODD_NUMBER =
        Pattern.compile("[-+]?0[0-9_]+|[-+]?0[xXbo][0-9a-fA-F_]+|[-+]?[0-9]+_[0-9_]*");

    /** Takes a value of the file. */
    Scalar(String text, boolean plain, int line) {
      this(text, plain, line, null, null);
    }

    boolean isNothing() {
      return plain && given == null && (text.isEmpty() || text.equals("~") || text.equals("null"));
    }

    boolean isWhole() {
      return plain && WHOLE.matcher(text).matches();
    }

    boolean isOddNumber() {
      return plain && given == null && ODD_NUMBER.matcher(text).matches();
    }

    boolean isFlag() {
      return plain && (text.equals("true") || text.equals("false"));
    }

    boolean isText() {
      return given != null
          || !(isNothing()
              || isFlag()
              || isOddNumber()
              || (plain && NUMBER.matcher(text).matches()));
    }

    @Override
    public String found() {
      if (given != null) {
        return "'" + text + "'";
      }
      if (isNothing()) {
        return "nothing";
      }
      return isText() ? "the text '" + text + "'" : text;
    }
  }
}
