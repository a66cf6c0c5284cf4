package dev.intermission.feed.node;

import org.jspecify.annotations.Nullable;

/** Thrown if no admin node has taken what was traced; the message says why not. */
final class TracesUntoldException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  TracesUntoldException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
