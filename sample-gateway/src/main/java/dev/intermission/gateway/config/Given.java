package dev.intermission.gateway.config;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The values that the command line and the environment give; they win over the file. */
public record Given(Map<Key, Value> values) {

  /** Says nothing. */
  public static final Given NOTHING = new Given(Map.of());

  /**
   * A given value.
   *
   * @param variable the variable that it is from, or null if it is from the command line
   */
  public record Value(String text, @Nullable String variable) {

    /** Leaves out the text, which may hold a password. */
    @Override
    public String toString() {
      return "Value[" + variable + "]";
    }
  }

  public Given {
    values = Map.copyOf(values);
  }

  /** Returns the text that is given for the key, or null if there is none. */
  public @Nullable String text(Key key) {
    Value value = values.get(key);
    return value == null ? null : value.text;
  }
}
