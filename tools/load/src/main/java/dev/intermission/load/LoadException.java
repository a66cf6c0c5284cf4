package dev.intermission.load;

/** Load can't be begun; the message says why, for the user. */
final class LoadException extends Exception {

  private static final long serialVersionUID = 1;

  LoadException(String message, Throwable cause) {
    super(message, cause);
  }
}
