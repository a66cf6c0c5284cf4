package dev.intermission.trafficlog.privacy;

import dev.intermission.api.CorrelationId;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Names under which the gateway tells the same value: what is private by one of them is so by all
 * of them. In lower case.
 */
final class SameValues {

  /** The id, also in the bodies of what the gateway answers itself. */
  private static final Set<String> ID =
      Set.of(
          CorrelationId.HEADER.toLowerCase(Locale.ROOT),
          CorrelationId.PUBLISHED_HEADER.toLowerCase(Locale.ROOT),
          "correlationid");

  private static final Set<String> HOST = Set.of("host", "x-forwarded-host");

  /** Parts of which {@value #FORWARDED} (RFC 7239) has copies, as fields. */
  static final List<String> FORWARDED_PARTS = List.of("host", "x-forwarded-for");

  static final String FORWARDED = "forwarded";

  private SameValues() {}

  /** Fields that have what {@value #FORWARDED} has. */
  private static final Set<String> COPIES = Set.of("x-forwarded-for", "x-forwarded-host");

  /** Returns the other names of the value that has this one. */
  static Set<String> others(String name) {
    if (name.equals(FORWARDED)) {
      return COPIES;
    }
    Set<String> all = ID.contains(name) ? ID : HOST.contains(name) ? HOST : Set.of();
    return all.stream()
        .filter(other -> !other.equals(name))
        .collect(Collectors.toUnmodifiableSet());
  }
}
