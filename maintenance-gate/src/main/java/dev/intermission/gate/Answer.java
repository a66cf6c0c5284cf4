package dev.intermission.gate;

import dev.intermission.api.ContentType;
import dev.intermission.api.MaintenanceSettings;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A maintenance response, prepared in advance (contract section 3). Immutable; one instance answers
 * all requests to its proxy.
 */
public final class Answer {

  private static final int OVERHEAD_BYTES = 600;

  private final int status;
  private final String contentType;
  private final MessageTemplate message;
  private volatile @Nullable Form forms;

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

  /**
   * Returns the form in which a front sends this answer, made by the function on first use and kept
   * as long as the answer is.
   *
   * @param make must be the same object in each call, and return the same for the same answer; may
   *     be called more than once if requests race for the first use
   */
  @SuppressWarnings("unchecked") // what is kept for a function was made by it
  public <T> T as(Function<? super Answer, T> make) {
    for (Form form = forms; form != null; form = form.next()) {
      if (form.make() == make) {
        return (T) form.made();
      }
    }
    T made = make.apply(this);
    forms = new Form(make, made, forms);
    return made;
  }

  int weight() {
    return OVERHEAD_BYTES + 2 * contentType.length() + message.weight();
  }

  private record Form(Object make, Object made, @Nullable Form next) {}
}
