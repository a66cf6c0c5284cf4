package dev.intermission.api.store;

/**
 * Thrown if the store was lost while it committed a change, and did not come back in time to be
 * asked about it. The change is saved completely or not at all; reading it shows which.
 */
public final class UnknownOutcomeException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** Takes what was tried and why it failed, for the log. */
  public UnknownOutcomeException(String message, Throwable cause) {
    super(message, cause);
  }
}
