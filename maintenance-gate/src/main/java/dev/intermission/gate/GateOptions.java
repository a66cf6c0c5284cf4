package dev.intermission.gate;

/**
 * The settings of a {@link Gate}.
 *
 * @param answerCacheBytes how many bytes of prepared answers are kept, at least 0; an answer that
 *     was evicted is prepared again when it is asked for
 */
public record GateOptions(long answerCacheBytes) {

  /** Keeps 64 MiB of answers. */
  public static final GateOptions DEFAULTS = new GateOptions(64L << 20);

  /**
   * @throws IllegalArgumentException if the size is negative
   */
  public GateOptions {
    if (answerCacheBytes < 0) {
      throw new IllegalArgumentException(
          "answerCacheBytes is %d, allowed are 0 and more".formatted(answerCacheBytes));
    }
  }
}
