package dev.intermission.bench.compare;

/** The comparison can't be made; the message says why, for the user. */
final class CompareException extends RuntimeException {

  private static final long serialVersionUID = 1;

  CompareException(String message) {
    super(message);
  }

  CompareException(String message, Throwable cause) {
    super(message, cause);
  }
}
