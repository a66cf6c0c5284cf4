package dev.intermission.load;

/** Thrown if the command line is wrong; the message says what is wrong and what is allowed. */
final class UsageException extends RuntimeException {

  private static final long serialVersionUID = 1;

  UsageException(String message) {
    super(message);
  }
}
