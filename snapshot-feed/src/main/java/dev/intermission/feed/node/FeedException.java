package dev.intermission.feed.node;

import org.jspecify.annotations.Nullable;

/** Says why an admin node could not be followed, as the end of a sentence about it. */
final class FeedException extends Exception {

  private static final long serialVersionUID = 1L;

  FeedException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
