package dev.intermission.gate;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What gRPC has its own way for (contract section 3, and the protocol "gRPC over HTTP/2"). */
final class Grpc {

  /** The Content-Type of requests and responses. */
  static final String TYPE = "application/grpc";

  /** The grpc-status of what can't be reached for a while. */
  static final String UNAVAILABLE = "14";

  private Grpc() {}

  /**
   * Returns whether a request with this Content-Type is a call; gRPC-Web is not, since its clients
   * read responses in another form.
   */
  static boolean isCall(@Nullable String contentType) {
    if (contentType == null || !contentType.regionMatches(true, 0, TYPE, 0, TYPE.length())) {
      return false;
    }
    return contentType.length() == TYPE.length()
        || " \t;+".indexOf(contentType.charAt(TYPE.length())) >= 0;
  }

  /**
   * Returns a text as the value of grpc-message: percent-encoded, but for what a field may have.
   */
  static String message(String text) {
    StringBuilder encoded = new StringBuilder();
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      if (b >= ' ' && b <= '~' && b != '%') {
        encoded.append((char) b);
      } else {
        encoded.append(String.format(Locale.ROOT, "%%%02X", b));
      }
    }
    return encoded.toString();
  }
}
