package dev.intermission.trafficlog.capture;

import dev.intermission.api.trafficlog.LogPart;
import dev.intermission.api.trafficlog.LogRegion;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/**
 * What is to be captured of an exchange.
 *
 * @param parts the parts of messages
 * @param characters how many characters of each body; those that are not wanted have none
 */
public record CaptureWish(Set<LogPart> parts, Map<LogRegion, Integer> characters) {

  /** No part of any message. */
  public static final CaptureWish NOTHING = new CaptureWish(Set.of(), Map.of());

  /** Returns all parts, with so many characters of each body. */
  public static CaptureWish ofAll(int characters) {
    Map<LogRegion, Integer> each = new EnumMap<>(LogRegion.class);
    for (LogRegion region : LogRegion.values()) {
      each.put(region, characters);
    }
    return new CaptureWish(EnumSet.allOf(LogPart.class), each);
  }

  public CaptureWish {
    parts = parts.isEmpty() ? Set.of() : Collections.unmodifiableSet(EnumSet.copyOf(parts));
    characters =
        characters.isEmpty() ? Map.of() : Collections.unmodifiableMap(new EnumMap<>(characters));
  }

  /** Returns whether a part is wanted. */
  public boolean wants(LogPart part) {
    return parts.contains(part);
  }

  /** Returns how many characters are wanted of a body; 0 for none. */
  public int characters(LogRegion region) {
    return characters.getOrDefault(region, 0);
  }

  /** Returns whether the fields of a message are wanted; those of a body say how it is read. */
  public boolean wantsFields(LogRegion region) {
    return characters(region) > 0 || wants(region, LogPart.Kind.HEADER);
  }

  /** Returns whether the query of a request is wanted. */
  boolean wantsQuery(LogRegion region) {
    return wants(region, LogPart.Kind.PARAM);
  }

  private boolean wants(LogRegion region, LogPart.Kind kind) {
    for (LogPart part : parts) {
      if (part.region() == region && part.kind() == kind) {
        return true;
      }
    }
    return false;
  }

  /** Returns what is wanted here or there. */
  public CaptureWish and(CaptureWish other) {
    Set<LogPart> all = EnumSet.noneOf(LogPart.class);
    all.addAll(parts);
    all.addAll(other.parts);
    Map<LogRegion, Integer> longest = new EnumMap<>(LogRegion.class);
    longest.putAll(characters);
    other.characters.forEach((region, count) -> longest.merge(region, count, Math::max));
    return new CaptureWish(all, longest);
  }
}
