package dev.intermission.gate;

import dev.intermission.gate.Answer.Field;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The fields that HTTP demands with a status (contract section 3).
 *
 * @param always those that are the same for each request
 * @param inHttp11 those that only HTTP/1.1 may have
 * @param range the form of a Content-Range, or null
 */
record StatusFields(List<Field> always, List<Field> inHttp11, @Nullable Range range) {

  private static final StatusFields NONE = new StatusFields(List.of(), List.of(), null);

  // A scheme that no client knows: with a known one, browsers would ask for a password.
  private static final String CHALLENGE =
      "Maintenance realm=\"" + MessageTemplate.FAULT_MESSAGE + "\"";

  /** The form of a Content-Range. */
  enum Range {
    WHOLE,
    UNSATISFIED
  }

  static StatusFields of(int status) {
    return switch (status) {
      case 206 -> new StatusFields(List.of(), List.of(), Range.WHOLE);
      case 401 -> always("WWW-Authenticate", CHALLENGE);
      case 405 -> always("Allow", "");
      case 407 -> always("Proxy-Authenticate", CHALLENGE);
      case 416 -> new StatusFields(List.of(), List.of(), Range.UNSATISFIED);
      case 426 ->
          new StatusFields(
              List.of(),
              List.of(new Field("Upgrade", "HTTP/2.0"), new Field("Connection", "Upgrade")),
              null);
      default -> NONE;
    };
  }

  private static StatusFields always(String name, String value) {
    return new StatusFields(List.of(new Field(name, value)), List.of(), null);
  }

  /** Returns the Content-Range of a body of this many bytes, or null if it has none. */
  @Nullable Field contentRange(int length) {
    if (range == null || (range == Range.WHOLE && length == 0)) {
      return null;
    }
    return new Field(
        "Content-Range",
        range == Range.WHOLE ? "bytes 0-" + (length - 1) + "/" + length : "bytes */" + length);
  }
}
