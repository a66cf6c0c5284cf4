package dev.intermission.api;

import java.util.UUID;
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

  /** Returns a new id. */
  public static String create() {
    return UUID.randomUUID().toString();
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
