package dev.intermission.load;

/** Thrown if the load can't be started; the message tells the user why. */
final class LoadException extends Exception {

  private static final long serialVersionUID = 1;

  LoadException(String message, Throwable cause) {
    super(message, cause);
  }
}
