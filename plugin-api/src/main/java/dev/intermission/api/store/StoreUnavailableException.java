package dev.intermission.api.store;

/**
 * Says that the store can't be reached or can't write now; nothing was changed. Trying again later
 * may help.
 */
public final class StoreUnavailableException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** Takes what was tried and why it failed, for the log. */
  public StoreUnavailableException(String message, Throwable cause) {
    super(message, cause);
  }
}
