package dev.intermission.bench.compare;

/** Thrown if the comparison can't be made; the message tells the user why. */
final class CompareException extends RuntimeException {

  private static final long serialVersionUID = 1;

  CompareException(String message) {
    super(message);
  }

  CompareException(String message, Throwable cause) {
    super(message, cause);
  }
}
