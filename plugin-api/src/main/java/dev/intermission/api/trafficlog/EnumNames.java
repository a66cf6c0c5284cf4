package dev.intermission.api.trafficlog;

import java.util.Arrays;
import java.util.stream.Collectors;

/** Finds the values of enumerations by their names. */
final class EnumNames {

  private static final int MOST_SHOWN = 50;

  private EnumNames() {}

  /**
   * Returns the value of a name.
   *
   * @throws IllegalArgumentException with a message for the operator if there is none
   */
  static <E extends Enum<E>> E parse(Class<E> type, String name) {
    E[] values = type.getEnumConstants();
    return Arrays.stream(values)
        .filter(value -> value.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "is "
                        + shown(name)
                        + "; allowed are "
                        + Arrays.stream(values).map(Enum::name).collect(Collectors.joining(", "))));
  }

  private static String shown(String name) {
    return name.length() > MOST_SHOWN ? name.substring(0, MOST_SHOWN) + "…" : name;
  }
}
