package dev.intermission.gate;

import dev.intermission.api.ContentType;
import dev.intermission.api.MaintenanceSettings;
import java.util.List;
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
  private final List<Field> fields;
  private volatile @Nullable Form forms;

  private Answer(int status, ContentType type, String message, List<Field> fields) {
    this.status = status;
    contentType = type.value();
    this.message = MessageTemplate.of(message, type, status);
    this.fields = List.copyOf(fields);
  }

  /**
   * A field of the response.
   *
   * @param name its name, a token (RFC 9110 section 5.1)
   * @param value its value
   */
  public record Field(String name, String value) {}

  static Answer of(MaintenanceSettings settings) {
    return new Answer(
        settings.httpStatusCode(), settings.contentType(), settings.message(), List.of());
  }

  /** Returns the answer of a gate that does not know yet what is closed. */
  static Answer notReady() {
    return new Answer(
        503,
        ContentType.parse("text/plain; charset=utf-8"),
        "The gateway is starting and does not know yet which APIs are under maintenance. Please try again.\n",
        List.of(new Field("Retry-After", "1")));
  }

  /** Returns the status. */
  public int status() {
    return status;
  }

  /** Returns the value of Content-Type, to be sent byte for byte. */
  public String contentType() {
    return contentType;
  }

  /** Returns the additional fields of this answer; most answers have none. */
  public List<Field> fields() {
    return fields;
  }

  /** Returns whether the body is the same for each request. */
  public boolean isFixed() {
    return message.isFixed();
  }

  /**
   * Returns the body. The caller must not change it, since all requests may share it.
   *
   * @param correlationId the request's {@code X-Correlation-Id}, or null; it is used if it has 1 to
   *     128 visible ASCII characters, otherwise a new id is made. Ignored if {@link #isFixed()}.
   */
  public byte[] body(@Nullable String correlationId) {
    return message.render(correlationId);
  }

  /**
   * Returns the form in which a front sends this answer, made by the function on first use and kept
   * as long as the answer itself.
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
