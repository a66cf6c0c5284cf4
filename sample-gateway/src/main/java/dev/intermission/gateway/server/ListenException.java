package dev.intermission.gateway.server;

/**
 * Thrown if a listener can't use its port or its certificate. The message is one line for the
 * operator.
 */
public final class ListenException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  ListenException(String message, Throwable cause) {
    super(message, cause);
  }
}
