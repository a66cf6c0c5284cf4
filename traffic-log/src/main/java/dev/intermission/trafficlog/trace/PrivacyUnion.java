package dev.intermission.trafficlog.trace;

import dev.intermission.api.trafficlog.PrivacyDefinition;
import dev.intermission.api.trafficlog.PrivacyOperation;
import dev.intermission.api.trafficlog.PrivacyPattern;
import dev.intermission.api.trafficlog.TrafficLogSettings;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is private by any of the connections that a proxy's traffic is logged to, be they enabled or
 * not. Where two of them say different things of the same values, such a value is masked as a
 * whole: what one of them leaves of it is private by the other one.
 */
final class PrivacyUnion {

  /** What a definition looks for. */
  private record Sought(PrivacyPattern type, @Nullable String text, boolean isDetectedOnly) {

    static Sought by(PrivacyDefinition definition) {
      String name = definition.elementName();
      return new Sought(
          definition.patternType(),
          name == null ? definition.regexPattern() : name.strip().toLowerCase(Locale.ROOT),
          definition.operation() == PrivacyOperation.DETECT);
    }
  }

  private final Map<Sought, PrivacyDefinition> definitions = new LinkedHashMap<>();

  private PrivacyUnion() {}

  /**
   * Returns the definitions for requests of one method: those of each connection, and those that
   * the overrides of the method say.
   */
  static List<PrivacyDefinition> of(TrafficLogSettings settings, String method) {
    PrivacyUnion union = new PrivacyUnion();
    for (String connection : settings.connections()) {
      Set<List<PrivacyDefinition>> inForce = new LinkedHashSet<>();
      inForce.add(settings.privacyInForce(connection, null));
      inForce.add(settings.privacyInForce(connection, method));
      inForce.forEach(union::add);
    }
    return new ArrayList<>(union.definitions.values());
  }

  /** Adds those of one connection, of which the first one for a value holds. */
  private void add(List<PrivacyDefinition> inForce) {
    Map<Sought, PrivacyDefinition> first = new LinkedHashMap<>();
    inForce.forEach(definition -> first.putIfAbsent(Sought.by(definition), definition));
    first.forEach(
        (sought, definition) -> definitions.merge(sought, definition, PrivacyUnion::both));
  }

  private static PrivacyDefinition both(PrivacyDefinition one, PrivacyDefinition other) {
    boolean isSame = one.operation() == other.operation() && one.mask().equals(other.mask());
    return isSame || one.operation() == PrivacyOperation.DETECT
        ? one
        : new PrivacyDefinition(
            one.name(),
            true,
            one.patternType(),
            one.elementName(),
            one.regexPattern(),
            PrivacyOperation.MASK,
            PrivacyDefinition.Mask.DEFAULT);
  }
}
