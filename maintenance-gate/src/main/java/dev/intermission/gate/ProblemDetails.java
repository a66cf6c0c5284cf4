package dev.intermission.gate;

import dev.intermission.api.ContentType;
import dev.intermission.api.MaintenanceSettings;
import java.nio.charset.CharsetEncoder;
import java.util.Locale;

/** The message of a problem for which an operator has written none (RFC 9457). */
final class ProblemDetails {

  private ProblemDetails() {}

  /**
   * Returns the message; it may have placeholders.
   *
   * @param settings those of the proxy, whose message is the detail if it is a plain text
   * @param status the status that is sent with it
   * @param type the type that is sent with it
   */
  static String message(MaintenanceSettings settings, int status, ContentType type) {
    String title = StatusName.of(status);
    boolean forPeople = settings.contentType().essence().equals("text/plain");
    StringBuilder json = new StringBuilder("{\"type\":\"about:blank\"");
    if (!title.isEmpty()) {
      json.append(",\"title\":\"").append(title).append('"');
    }
    json.append(",\"status\":").append(status).append(",\"detail\":\"");
    appendEscaped(
        forPeople ? settings.message() : MessageTemplate.FAULT_MESSAGE,
        type.charset().newEncoder(),
        json);
    return json.append("\"}").toString();
  }

  /** Escapes also what the charset lacks; of characters beyond the BMP each half. */
  private static void appendEscaped(String text, CharsetEncoder encoder, StringBuilder json) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        json.append('\\').append(c);
      } else if (c >= ' ' && encoder.canEncode(c)) {
        json.append(c);
      } else {
        json.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
      }
    }
  }
}
