package dev.intermission.gate;

/**
 * The settings of a {@link Gate}.
 *
 * @param answerCacheBytes how many bytes of prepared answers are kept, at least 0; an answer that
 *     was evicted is prepared again when it is asked for
 * @param beforeFirstSnapshot what happens to a request as long as the gate knows nothing
 */
public record GateOptions(long answerCacheBytes, BeforeFirstSnapshot beforeFirstSnapshot) {

  private static final long ANSWER_CACHE_BYTES = 64L << 20;

  /**
   * For snapshots that the application publishes by itself: keeps 64 MiB of answers, and lets
   * requests pass until the first snapshot is published.
   */
  public static final GateOptions DEFAULTS =
      new GateOptions(ANSWER_CACHE_BYTES, BeforeFirstSnapshot.PASS);

  /**
   * For a gate that follows a feed: keeps 64 MiB of answers, and refuses requests until the first
   * snapshot has arrived. Otherwise a restart would open closed APIs for that time.
   */
  public static final GateOptions FOR_FEED =
      new GateOptions(ANSWER_CACHE_BYTES, BeforeFirstSnapshot.REFUSE);

  /** What a gate does with requests as long as no snapshot was published. */
  public enum BeforeFirstSnapshot {
    /** Every request passes. */
    PASS,
    /** Every request is answered with the status 503 and {@code Retry-After: 1}. */
    REFUSE
  }

  /**
   * @throws IllegalArgumentException if the size is negative
   */
  public GateOptions {
    if (answerCacheBytes < 0) {
      throw new IllegalArgumentException(
          "answerCacheBytes is " + answerCacheBytes + ", allowed are 0 and more");
    }
  }

  /**
   * Returns these options with another size of the cache.
   *
   * @throws IllegalArgumentException if the size is negative
   */
  public GateOptions withAnswerCacheBytes(long bytes) {
    return new GateOptions(bytes, beforeFirstSnapshot);
  }

  /** Returns these options with another behaviour before the first snapshot. */
  public GateOptions withBeforeFirstSnapshot(BeforeFirstSnapshot behaviour) {
    return new GateOptions(answerCacheBytes, behaviour);
  }
}
