package dev.intermission.trafficlog.record;

import dev.intermission.api.trafficlog.LogInForce;
import dev.intermission.api.trafficlog.LogMetadata;
import dev.intermission.api.trafficlog.LogPart;
import dev.intermission.api.trafficlog.LogRegion;
import dev.intermission.trafficlog.capture.CaptureWish;
import dev.intermission.trafficlog.privacy.PrivacyRules;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What records of a connection hold, and what is taken out of them.
 *
 * @param what the fields
 * @param privacy what is private
 */
public record RecordForm(LogInForce what, PrivacyRules privacy) {

  /** The line of a request without settings: no part of a message. */
  public static final RecordForm LINE =
      new RecordForm(
          new LogInForce(Set.of(), EnumSet.allOf(LogMetadata.class), Map.of(), List.of()),
          PrivacyRules.of(List.of(), null));

  /** Returns what must be captured for it. */
  public CaptureWish wish() {
    Map<LogRegion, Integer> characters = new EnumMap<>(LogRegion.class);
    for (LogPart part : what.parts()) {
      if (part.kind() == LogPart.Kind.BODY) {
        characters.put(part.region(), what.sizes().getOrDefault(part.region(), 0));
      }
    }
    return new CaptureWish(what.parts(), characters);
  }
}
