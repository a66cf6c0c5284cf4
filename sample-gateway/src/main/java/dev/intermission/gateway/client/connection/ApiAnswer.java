package dev.intermission.gateway.client.connection;

import com.fasterxml.jackson.databind.JsonNode;
import dev.intermission.gateway.client.output.HarmlessText;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An answer of the management API.
 *
 * @param json the body, or null where there is none or it is no JSON
 * @param tag the {@code ETag}, or null
 * @param date when it was made by the admin node's clock, in whole seconds, or null
 * @param retryAfter the seconds of {@code Retry-After}, or null
 */
public record ApiAnswer(
    int status,
    @Nullable JsonNode json,
    @Nullable String tag,
    @Nullable Instant date,
    @Nullable Integer retryAfter) {

  boolean isOk() {
    return status >= 200 && status < 300;
  }

  /** Returns the message of a refusal, or the status where it has none. */
  String message() {
    JsonNode body = json;
    if (body == null || !body.hasNonNull("error_description")) {
      return "The answer is " + status + ", and not one of the management API";
    }
    StringBuilder text =
        new StringBuilder(HarmlessText.line(body.path("error_description").asText()));
    for (JsonNode fault : body.path("errors")) {
      String line =
          HarmlessText.line(fault.path("field").asText() + ": " + fault.path("message").asText());
      if (text.indexOf(line) < 0) {
        text.append("\n  ").append(line);
      }
    }
    return text.toString();
  }
}
