package dev.intermission.api.trafficlog;

import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What goes to one connection, for all methods or for one. What is null or not set is as the
 * settings above say: those of a method inherit from their connection, and those from the proxy.
 *
 * @param enabled whether anything goes there
 * @param parts which parts of messages
 * @param metadata which groups of other fields
 * @param bounded whether the bound of {@code sizes} is in force, for each body
 * @param sizes the most characters of each body, 0 to {@link #MAX_SIZE}
 * @param enablePrivacy whether the privacy definitions are in force
 * @param privacyDefinitions what is private, in the order in which it is looked for
 */
public record ConnectorLogSettings(
    @Nullable Boolean enabled,
    Switches<LogPart> parts,
    Switches<LogMetadata> metadata,
    Switches<LogRegion> bounded,
    Map<LogRegion, Integer> sizes,
    @Nullable Boolean enablePrivacy,
    @Nullable List<PrivacyDefinition> privacyDefinitions) {

  /** The most characters of a body that are logged. */
  public static final int MAX_SIZE = 65_536;

  /** The most privacy definitions. */
  public static final int MAX_DEFINITIONS = 100;

  /** Says nothing: everything is as the settings above say. */
  public static final ConnectorLogSettings INHERITED =
      new ConnectorLogSettings(
          null, Switches.none(), Switches.none(), Switches.none(), Map.of(), null, null);

  /**
   * @throws IllegalArgumentException with a message for the operator if a value is not allowed
   */
  public ConnectorLogSettings {
    sizes = sizes.isEmpty() ? Map.of() : Collections.unmodifiableMap(new EnumMap<>(sizes));
    sizes.forEach(
        (region, size) -> {
          if (!isAllowedSize(size)) {
            throw new IllegalArgumentException(
                "has a " + region.sizeField() + " that " + sizeNotAllowed(size));
          }
        });
    if (privacyDefinitions != null) {
      if (privacyDefinitions.size() > MAX_DEFINITIONS) {
        throw new IllegalArgumentException(
            "has "
                + privacyDefinitions.size()
                + " privacy definitions, allowed are "
                + MAX_DEFINITIONS);
      }
      privacyDefinitions = List.copyOf(privacyDefinitions);
    }
  }

  /** Returns whether this many characters may be the most of a body. */
  public static boolean isAllowedSize(int characters) {
    return characters >= 0 && characters <= MAX_SIZE;
  }

  /** Returns what to tell an operator who asked for this many. */
  public static String sizeNotAllowed(Object found) {
    return "is " + found + "; allowed are 0 to " + MAX_SIZE;
  }

  /**
   * Returns these settings with another say on whether anything goes there.
   *
   * @param value null for what the settings above say
   */
  public ConnectorLogSettings withEnabled(@Nullable Boolean value) {
    return new ConnectorLogSettings(
        value, parts, metadata, bounded, sizes, enablePrivacy, privacyDefinitions);
  }

  /** Returns these settings with other privacy definitions. */
  public ConnectorLogSettings withPrivacyDefinitions(
      @Nullable List<PrivacyDefinition> definitions) {
    return new ConnectorLogSettings(
        enabled, parts, metadata, bounded, sizes, enablePrivacy, definitions);
  }

  /** Returns these settings, and what others say where these say nothing. */
  ConnectorLogSettings or(ConnectorLogSettings others) {
    Map<LogRegion, Integer> all = new EnumMap<>(LogRegion.class);
    all.putAll(others.sizes);
    all.putAll(sizes);
    return new ConnectorLogSettings(
        enabled == null ? others.enabled : enabled,
        parts.or(others.parts),
        metadata.or(others.metadata),
        bounded.or(others.bounded),
        all,
        enablePrivacy == null ? others.enablePrivacy : enablePrivacy,
        privacyDefinitions == null ? others.privacyDefinitions : privacyDefinitions);
  }
}
