package dev.intermission.json;

import org.jspecify.annotations.Nullable;

/** Says that a text is not one JSON object and nothing else; the message is for an operator. */
public final class NotOneObjectException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  NotOneObjectException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
