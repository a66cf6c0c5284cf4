package dev.intermission.gateway.config;

/**
 * Says that the configuration is wrong. The message is one line for the operator: where, what was
 * found, what is allowed.
 */
public final class ConfigException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** Takes the line for the operator, and what led to it. */
  public ConfigException(String message, Throwable cause) {
    super(message, cause);
  }
}
