package dev.intermission.feed.node;

import org.jspecify.annotations.Nullable;

/**
 * Thrown if an admin node could not be followed; the message is the end of a sentence about that
 * node.
 */
final class FeedException extends Exception {

  private static final long serialVersionUID = 1L;

  FeedException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
