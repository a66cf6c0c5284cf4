package dev.intermission.fleet;

/** Says why a fleet could not be started, in one line. */
public final class FleetException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  FleetException(String message) {
    super(message);
  }
}
