package dev.intermission.api;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The id by which a client and an operator find the same request. */
public final class CorrelationId {

  /** The field that carries it. */
  public static final String HEADER = "X-Correlation-Id";

  private static final int MAX_LENGTH = 128;

  private CorrelationId() {}

  /** Returns what the client sent if it has 1 to 128 visible ASCII characters, else a new one. */
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
