package dev.intermission.load;

import java.util.List;

/**
 * What came of a load test.
 *
 * @param checks the bounds, met or missed
 * @param notes what went otherwise than it should, for the user
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
