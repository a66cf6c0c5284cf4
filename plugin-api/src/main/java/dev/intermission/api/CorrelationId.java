package dev.intermission.api;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The id that identifies a request to its client and in the log. */
public final class CorrelationId {

  /** The header field that carries it. */
  public static final String HEADER = "X-Correlation-Id";

  private static final int MAX_LENGTH = 128;

  private CorrelationId() {}

  /**
   * Returns the id that the client sent if it has 1 to 128 visible ASCII characters, otherwise a
   * new one.
   */
  public static String of(@Nullable String sent) {
    return sent != null && isUsable(sent) ? sent : UUID.randomUUID().toString();
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
