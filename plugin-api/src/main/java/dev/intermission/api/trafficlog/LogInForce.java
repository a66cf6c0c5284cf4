package dev.intermission.api.trafficlog;

import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What goes to a connection, with nothing left to be inherited.
 *
 * @param parts the parts of messages
 * @param metadata the groups of other fields
 * @param sizes the most characters of each body, 0 to {@link ConnectorLogSettings#MAX_SIZE}; has
 *     each region
 * @param privacy what is private, in the order in which it is looked for; those in force
 */
public record LogInForce(
    Set<LogPart> parts,
    Set<LogMetadata> metadata,
    Map<LogRegion, Integer> sizes,
    List<PrivacyDefinition> privacy) {

  public LogInForce {
    parts = parts.isEmpty() ? Set.of() : Collections.unmodifiableSet(EnumSet.copyOf(parts));
    metadata =
        metadata.isEmpty() ? Set.of() : Collections.unmodifiableSet(EnumSet.copyOf(metadata));
    Map<LogRegion, Integer> all = new EnumMap<>(LogRegion.class);
    for (LogRegion region : LogRegion.values()) {
      all.put(region, sizes.getOrDefault(region, ConnectorLogSettings.MAX_SIZE));
    }
    sizes = Collections.unmodifiableMap(all);
    privacy = List.copyOf(privacy);
  }

  static LogInForce of(ConnectorLogSettings settings, Set<LogPart> ofProxy) {
    Set<LogPart> parts = EnumSet.noneOf(LogPart.class);
    for (LogPart part : LogPart.values()) {
      if (isOn(settings.parts().get(part), ofProxy.contains(part))) {
        parts.add(part);
      }
    }
    Set<LogMetadata> metadata = EnumSet.noneOf(LogMetadata.class);
    for (LogMetadata group : LogMetadata.values()) {
      if (isOn(settings.metadata().get(group), true)) {
        metadata.add(group);
      }
    }
    Map<LogRegion, Integer> sizes = new EnumMap<>(LogRegion.class);
    settings
        .sizes()
        .forEach(
            (region, size) -> {
              if (isOn(settings.bounded().get(region), true)) {
                sizes.put(region, size);
              }
            });
    return new LogInForce(parts, metadata, sizes, privacy(settings));
  }

  static List<PrivacyDefinition> privacy(ConnectorLogSettings settings) {
    List<PrivacyDefinition> definitions = settings.privacyDefinitions();
    return definitions == null || !isOn(settings.enablePrivacy(), true)
        ? List.of()
        : definitions.stream().filter(PrivacyDefinition::enabled).toList();
  }

  private static boolean isOn(@Nullable Boolean value, boolean otherwise) {
    return value == null ? otherwise : value;
  }
}
