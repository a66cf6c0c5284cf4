package dev.intermission.load;

import java.util.List;

/**
 * The outcome of a load test.
 *
 * @param checks the bounds, met or missed
 * @param notes what did not go as planned, as texts for the user
 */
record Outcome(Measurement measured, List<Bounds.Check> checks, List<String> notes) {

  Outcome {
    checks = List.copyOf(checks);
    notes = List.copyOf(notes);
  }

  boolean meetsBounds() {
    return checks.stream().allMatch(Bounds.Check::met);
  }
}
