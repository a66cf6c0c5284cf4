package dev.intermission.admin;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The id by which a client and an operator find the same request. */
final class CorrelationId {

  static final String HEADER = "X-Correlation-Id";

  private static final int MAX_LENGTH = 128;

  private CorrelationId() {}

  /** Returns what the client sent if it has 1 to 128 visible ASCII characters, else a new one. */
  static String of(@Nullable String sent) {
    return sent != null && isUsable(sent) ? sent : UUID.randomUUID().toString();
  }

  private static boolean isUsable(String sent) {
    return !sent.isEmpty()
        && sent.length() <= MAX_LENGTH
        && sent.chars().allMatch(c -> c > ' ' && c <= '~');
  }
}
