package dev.intermission.gateway.server;

import java.util.Locale;
import java.util.Objects;
import org.eclipse.jetty.http.HttpStatus;

/**
 * Why a listener can't answer a request as it was meant.
 *
 * @param status the status of the response
 * @param code what programs tell it by
 * @param text what people read; no internals
 */
public record Fault(int status, String code, String text) {

  /** Returns the fault that a status of its own says. */
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
