package dev.intermission.gateway.config;

/**
 * Thrown if the configuration is wrong. The message has one line for each fault: where it is, what
 * was found, what is allowed.
 */
public final class ConfigException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final boolean ofOptions;

  /**
   * Takes the message for the operator.
   *
   * @param ofOptions whether all faults are in options and variables
   */
  ConfigException(String message, boolean ofOptions) {
    super(message);
    this.ofOptions = ofOptions;
  }

  /** Takes the message for the operator, and its cause. */
  public ConfigException(String message, Throwable cause) {
    super(message, cause);
    ofOptions = false;
  }

  /** Returns whether all faults are in options and variables, and none in a file. */
  public boolean isOfOptions() {
    return ofOptions;
  }
}
