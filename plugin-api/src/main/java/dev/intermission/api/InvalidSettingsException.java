package dev.intermission.api;

import java.util.List;
import java.util.stream.Collectors;

/**
 * Thrown if a request asks for settings that are not allowed; names all faults, not only the first.
 */
public final class InvalidSettingsException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient List<FieldError> errors;

  /** Takes at least one error. */
  public InvalidSettingsException(List<FieldError> errors) {
    super(errors.stream().map(FieldError::toString).collect(Collectors.joining("; ")));
    this.errors = List.copyOf(errors);
  }

  /** Returns the faults in the order in which they were found. */
  public List<FieldError> errors() {
    return errors;
  }
}
