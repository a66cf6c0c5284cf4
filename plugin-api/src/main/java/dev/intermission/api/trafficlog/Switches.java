package dev.intermission.api.trafficlog;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A switch for each value of an enumeration: on, off, or not set, and then it is as the settings
 * above say.
 *
 * @param set those that are set
 */
public record Switches<E extends Enum<E>>(Map<E, Boolean> set) {

  public Switches {
    set = set.isEmpty() ? Map.of() : Collections.unmodifiableMap(new EnumMap<>(set));
  }

  /** Returns switches of which none is set. */
  public static <E extends Enum<E>> Switches<E> none() {
    return new Switches<E>(Map.of());
  }

  /** Returns whether it is on or off, or null if it is not set. */
  public @Nullable Boolean get(E one) {
    return set.get(one);
  }

  /** Returns these switches, and those of others where these are not set. */
  public Switches<E> or(Switches<E> others) {
    if (set.isEmpty()) {
      return others;
    }
    Map<E, Boolean> all = new EnumMap<>(set);
    others.set.forEach(all::putIfAbsent);
    return new Switches<>(all);
  }
}
