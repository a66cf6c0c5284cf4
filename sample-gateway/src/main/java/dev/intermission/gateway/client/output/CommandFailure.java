package dev.intermission.gateway.client.output;

/** Ends a command with an exit code, and a message for the operator. */
public final class CommandFailure extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final Exit exit;

  /**
   * Makes a failure.
   *
   * @param message what was wrong, where, and what to do; it may have several lines
   */
  public CommandFailure(Exit exit, String message) {
    super(message);
    this.exit = exit;
  }

  /** Makes a failure with its cause. */
  public CommandFailure(Exit exit, String message, Throwable cause) {
    super(message, cause);
    this.exit = exit;
  }

  /** Returns how the command ends. */
  public Exit exit() {
    return exit;
  }

  /** Returns the message. */
  public String text() {
    return String.valueOf(getMessage());
  }
}
