package dev.intermission.fleet;

/** Thrown if a fleet could not be started; the message is one line. */
public final class FleetException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  FleetException(String message) {
    super(message);
  }
}
