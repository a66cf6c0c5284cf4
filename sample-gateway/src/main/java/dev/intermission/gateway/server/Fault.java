package dev.intermission.gateway.server;

import java.util.Locale;
import java.util.Objects;
import org.eclipse.jetty.http.HttpStatus;

/**
 * The reason why a listener answers a request with an error.
 *
 * @param status the status of the response
 * @param code the code for programs
 * @param text the text for people, without internals
 */
public record Fault(int status, String code, String text) {

  /** Returns the general fault for a status. */
  static Fault of(int status) {
    String reason = Objects.requireNonNullElse(HttpStatus.getMessage(status), "Error");
    String code = reason.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]+", "_");
    return switch (status) {
      case HttpStatus.INTERNAL_SERVER_ERROR_500 ->
          new Fault(status, "SERVER_ERROR", "An unexpected error occurred");
      case HttpStatus.NOT_FOUND_404 -> new Fault(status, code, "There is nothing at this path");
      default -> new Fault(status, code, reason);
    };
  }
}
