package dev.intermission.api;

import java.util.Objects;

/**
 * A fault of one field of a request body.
 *
 * @param field the field's name as the contract writes it; empty for the body as a whole
 * @param message what was found and what is allowed; does not repeat the field's name
 */
public record FieldError(String field, String message) {

  public FieldError {
    Objects.requireNonNull(field, "field");
    Objects.requireNonNull(message, "message");
  }

  /** Returns field and message as one sentence. */
  @Override
  public String toString() {
    return field.isEmpty() ? message : field + ": " + message;
  }
}
