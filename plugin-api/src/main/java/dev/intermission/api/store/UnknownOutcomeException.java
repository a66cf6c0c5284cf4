package dev.intermission.api.store;

/**
 * Says that the store was lost in the moment in which it committed a change, and did not come back
 * in time to be asked. The change is saved whole or not at all; whoever wants to know reads it.
 */
public final class UnknownOutcomeException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** Takes what was tried and why it failed, for the log. */
  public UnknownOutcomeException(String message, Throwable cause) {
    super(message, cause);
  }
}
