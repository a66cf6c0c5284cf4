package dev.intermission.gateway.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/**
 * Says which requests pass an API proxy although it is closed, by its settings (contract section
 * 2).
 */
final class StillPassing {

  private static final int LONGEST = 10;

  private StillPassing() {}

  /** Returns a sentence, or an empty text if none passes. */
  static String of(JsonNode settings) {
    List<String> passing = new ArrayList<>();
    int percent = settings.path("admitPercent").asInt();
    if (percent > 0) {
      passing.add("those of " + percent + "% of the clients");
    }
    add(passing, "those with other methods than ", settings.path("closedMethods"));
    add(passing, "those to the open paths ", settings.path("openPaths"));
    add(passing, "those from ", settings.path("openToAddresses"));
    return passing.isEmpty() ? "" : "Requests that still pass: " + String.join("; ", passing) + ".";
  }

  private static void add(List<String> passing, String which, JsonNode texts) {
    if (!texts.isEmpty()) {
      List<String> shown = new ArrayList<>();
      for (JsonNode text : texts) {
        shown.add(text.asText());
      }
      int more = shown.size() - LONGEST;
      passing.add(
          which
              + String.join(", ", shown.subList(0, Math.min(LONGEST, shown.size())))
              + (more > 0 ? " and " + more + " more" : ""));
    }
  }
}
