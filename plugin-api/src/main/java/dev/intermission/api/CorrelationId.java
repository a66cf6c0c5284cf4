package dev.intermission.api;

import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * The id that identifies a request to its client and in the log (contract section 1). It goes by
 * two names; what is sent with both has the same value.
 */
public final class CorrelationId {

  /** The header field that carries it; it counts if the other one has another value. */
  public static final String HEADER = "X-Correlation-Id";

  /** The name that the published API has for the same field. */
  public static final String PUBLISHED_HEADER = "APINIZER-CORRELATION-ID";

  private static final int MAX_LENGTH = 128;

  private static final long VERSION_MASK = 0xF000;
  private static final long VERSION_4 = 0x4000;
  private static final long VARIANT_MASK = 0xC000_0000_0000_0000L;
  private static final long VARIANT_RFC_9562 = 0x8000_0000_0000_0000L;

  private CorrelationId() {}

  /**
   * Returns the id that the client sent if it has 1 to 128 visible ASCII characters, otherwise a
   * new one.
   *
   * @param sent the value of {@link #HEADER}, or null
   * @param sentAsPublished the value of {@link #PUBLISHED_HEADER}, or null
   */
  public static String of(@Nullable String sent, @Nullable String sentAsPublished) {
    String usable = sent(sent, sentAsPublished);
    return usable == null ? create() : usable;
  }

  /** Returns the id that the client sent, like {@link #of}, or null if it sent no usable one. */
  public static @Nullable String sent(@Nullable String sent, @Nullable String sentAsPublished) {
    if (sent != null && isUsable(sent)) {
      return sent;
    }
    return sentAsPublished != null && isUsable(sentAsPublished) ? sentAsPublished : null;
  }

  /**
   * Returns a new id, a random UUID. It is no secret, so the generator need not be one for secrets,
   * for which threads would wait on each other.
   */
  public static String create() {
    ThreadLocalRandom random = ThreadLocalRandom.current();
    long most = (random.nextLong() & ~VERSION_MASK) | VERSION_4;
    long least = (random.nextLong() & ~VARIANT_MASK) | VARIANT_RFC_9562;
    return new UUID(most, least).toString();
  }

  private static boolean isUsable(String sent) {
    for (int i = 0; i < sent.length(); i++) {
      if (sent.charAt(i) <= ' ' || sent.charAt(i) > '~') {
        return false;
      }
    }
    return !sent.isEmpty() && sent.length() <= MAX_LENGTH;
  }
}
