package dev.intermission.gate;

import org.jspecify.annotations.Nullable;

/**
 * What becomes of a request.
 *
 * @param passage why it passes, or {@link Passage#CLOSED}
 * @param answer the answer that it gets; null if it passes
 */
public record Decision(Passage passage, @Nullable Answer answer) {

  /** The request passes, since its API is open or it belongs to none. */
  public static final Decision OPEN = new Decision(Passage.OPEN, null);

  private static final Decision EXEMPT = new Decision(Passage.EXEMPT, null);
  private static final Decision EXEMPT_CLIENT = new Decision(Passage.EXEMPT_CLIENT, null);
  private static final Decision ADMITTED = new Decision(Passage.ADMITTED, null);
  private static final Decision BYPASSED = new Decision(Passage.BYPASSED, null);

  /**
   * @throws IllegalArgumentException if there is an answer to what passes, or none to what does not
   */
  public Decision {
    if ((passage == Passage.CLOSED) != (answer != null)) {
      throw new IllegalArgumentException(
          passage + (answer == null ? " without an answer" : " with an answer"));
    }
  }

  static Decision passing(Passage passage) {
    return switch (passage) {
      case OPEN -> OPEN;
      case EXEMPT -> EXEMPT;
      case EXEMPT_CLIENT -> EXEMPT_CLIENT;
      case ADMITTED -> ADMITTED;
      case BYPASSED -> BYPASSED;
      case CLOSED -> throw new IllegalArgumentException("what is closed has an answer");
    };
  }
}
