package dev.intermission.load;

/** Thrown if the management API did not do what it was asked; the message tells the user what. */
final class DeploymentException extends Exception {

  private static final long serialVersionUID = 1;

  DeploymentException(String message) {
    super(message);
  }

  DeploymentException(String message, Throwable cause) {
    super(message, cause);
  }
}
