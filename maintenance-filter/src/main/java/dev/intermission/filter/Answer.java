package dev.intermission.filter;

import dev.intermission.api.ContentType;
import dev.intermission.api.MaintenanceSettings;
import org.jspecify.annotations.Nullable;

/**
 * A maintenance response, prepared in advance (contract section 3). Immutable; one instance answers
 * all requests to its proxy.
 */
public final class Answer {

  private static final int OVERHEAD_BYTES = 200;

  private final int status;
  private final String contentType;
  private final MessageTemplate message;

  private Answer(int status, String contentType, MessageTemplate message) {
    this.status = status;
    this.contentType = contentType;
    this.message = message;
  }

  static Answer of(MaintenanceSettings settings) {
    ContentType type = settings.contentType();
    return new Answer(
        settings.httpStatusCode(),
        type.value(),
        MessageTemplate.of(settings.message(), type, settings.httpStatusCode()));
  }

  /** Returns the status. */
  public int status() {
    return status;
  }

  /** Returns the value of Content-Type, to be sent byte for byte. */
  public String contentType() {
    return contentType;
  }

  /** Returns whether the body is the same for each request. */
  public boolean isFixed() {
    return message.isFixed();
  }

  /**
   * Returns the body; not to be changed, since it may be shared by all requests.
   *
   * @param correlationId the request's {@code X-Correlation-Id}, or null; taken over if it has 1 to
   *     128 visible ASCII characters, else there is a new one. Not used where {@link #isFixed()}.
   */
  public byte[] body(@Nullable String correlationId) {
    return message.render(correlationId);
  }

  int weight() {
    return OVERHEAD_BYTES + 2 * contentType.length() + message.weight();
  }
}
