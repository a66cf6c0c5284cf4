package dev.intermission.gateway.client.connection;

import org.jspecify.annotations.Nullable;

/** An admin node gave no answer. */
final class NoAnswerException extends Exception {

  private static final long serialVersionUID = 1L;

  private final boolean sent;

  /**
   * Makes it.
   *
   * @param sent whether the node may have got the request
   */
  NoAnswerException(String message, boolean sent, @Nullable Throwable cause) {
    super(message, cause);
    this.sent = sent;
  }

  boolean sent() {
    return sent;
  }
}
