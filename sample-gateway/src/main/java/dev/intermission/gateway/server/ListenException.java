package dev.intermission.gateway.server;

/**
 * Says that a listener can't have its port, or its certificate can't be used. The message is one
 * line for the operator.
 */
public final class ListenException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  ListenException(String message, Throwable cause) {
    super(message, cause);
  }
}
