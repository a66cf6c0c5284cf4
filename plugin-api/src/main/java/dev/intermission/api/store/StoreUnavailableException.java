package dev.intermission.api.store;

/**
 * Thrown if the store can't be reached or can't write now. Nothing was changed, and the same call
 * may succeed later.
 */
public final class StoreUnavailableException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** Takes what was tried and why it failed, for the log. */
  public StoreUnavailableException(String message, Throwable cause) {
    super(message, cause);
  }
}
