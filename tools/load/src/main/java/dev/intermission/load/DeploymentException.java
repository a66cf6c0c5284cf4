package dev.intermission.load;

/** The management API did not do what it was asked; the message says what, for the user. */
final class DeploymentException extends Exception {

  private static final long serialVersionUID = 1;

  DeploymentException(String message) {
    super(message);
  }

  DeploymentException(String message, Throwable cause) {
    super(message, cause);
  }
}
