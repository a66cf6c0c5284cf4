package dev.intermission.api.store;

/** Thrown if there is no environment of this name. */
public final class UnknownEnvironmentException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final String environment;

  /** Takes the name that was asked for. */
  public UnknownEnvironmentException(String environment) {
    super("There is no environment '" + environment + "'");
    this.environment = environment;
  }

  /** Returns the name that was asked for. */
  public String environment() {
    return environment;
  }
}
