package dev.intermission.gateway.config;

/**
 * Says that the configuration is wrong. The message has one line for each fault: where, what was
 * found, what is allowed.
 */
public final class ConfigException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final boolean ofOptions;

  /**
   * Takes the lines for the operator.
   *
   * @param ofOptions whether all that is wrong is in options and variables
   */
  ConfigException(String message, boolean ofOptions) {
    super(message);
    this.ofOptions = ofOptions;
  }

  /** Takes the line for the operator, and what led to it. */
  public ConfigException(String message, Throwable cause) {
    super(message, cause);
    ofOptions = false;
  }

  /** Returns whether all that is wrong is in options and variables, none in a file. */
  public boolean isOfOptions() {
    return ofOptions;
  }
}
