package dev.intermission.gate;

/** Why a request passes, or that it does not. */
public enum Passage {
  /** Its API is not closed, or it belongs to none. */
  OPEN,
  /** What it asks for is not closed, whoever asks: by its method or its path. */
  EXEMPT,
  /** The API is not closed to its client's address. */
  EXEMPT_CLIENT,
  /** Its client belongs to the share that is admitted. */
  ADMITTED,
  /** A bypass token lets it pass. */
  BYPASSED,
  /** It is answered. */
  CLOSED;

  /**
   * The request attribute with which a front tells why a request passes whose API is closed, one of
   * these values. The value of others than {@link #OPEN} only.
   */
  public static final String ATTRIBUTE = "dev.intermission.passage";

  /**
   * Returns whether the same request of another client may be answered. If so, no cache may keep
   * the response.
   */
  public boolean isForOneClient() {
    return this == EXEMPT_CLIENT || this == ADMITTED || this == BYPASSED;
  }

  /** Returns the one of two that says more: what is not open, and what is closed at all. */
  Passage and(Passage other) {
    return compareTo(other) >= 0 ? this : other;
  }
}
