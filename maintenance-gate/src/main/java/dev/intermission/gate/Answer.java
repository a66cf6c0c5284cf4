package dev.intermission.gate;

import dev.intermission.api.ContentType;
import dev.intermission.api.CorrelationId;
import dev.intermission.api.MaintenanceSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A maintenance response, prepared in advance (contract section 3). Immutable; one instance answers
 * all requests to its proxy.
 */
public final class Answer {

  /** The field that tells clients when to come back (RFC 9110 section 10.2.3). */
  public static final String RETRY_AFTER = "Retry-After";

  /** The field that names what an answer was chosen by (RFC 9110 section 12.5.5). */
  public static final String VARY = "Vary";

  private static final int OVERHEAD_BYTES = 600;
  private static final int NO_CONTENT = 204;

  private static final MessageTemplate NO_MESSAGE =
      MessageTemplate.of(
          new MaintenanceSettings(true, 200, ContentType.parse("text/plain"), ""),
          RetryTime.of(MaintenanceSettings.DEFAULT, new SharedSecond()));

  private final int status;
  private final String contentType;
  private final MessageTemplate message;
  private final StatusFields demanded;
  private final List<Field> fields;
  private final @Nullable RetryTime retry;
  private final @Nullable Answer toGrpc;
  private final @Nullable Negotiation negotiation;
  private final @Nullable CorsFields cors;
  private final Decision decision = new Decision(Passage.CLOSED, this);
  private volatile @Nullable Form forms;

  /**
   * Makes an answer; {@link AnswerFactory} knows what it is made of.
   *
   * @param fields the same for each request, without those that the status demands
   * @param toGrpc the form for calls of gRPC; null for that form itself
   * @param negotiation chooses another form, if there are any
   */
  Answer(
      MaintenanceSettings settings,
      RetryTime retry,
      List<Field> fields,
      @Nullable Answer toGrpc,
      @Nullable Negotiation negotiation,
      @Nullable CorsFields cors) {
    status = settings.httpStatusCode();
    contentType = settings.contentType().value();
    message = MessageTemplate.of(settings, retry);
    this.retry = retry.isFixed() ? null : retry;
    this.toGrpc = toGrpc;
    this.negotiation = negotiation;
    this.cors = cors;
    demanded = StatusFields.of(status);
    List<Field> all = new ArrayList<>(fields);
    all.addAll(demanded.always());
    if (isFixed()) {
      Field range = demanded.contentRange(message.render(null, RetryTime.NONE).length);
      if (range != null) {
        all.add(range);
      }
    }
    this.fields = List.copyOf(all);
  }

  private Answer(CorsFields preflights) {
    status = NO_CONTENT;
    contentType = "";
    message = NO_MESSAGE;
    retry = null;
    toGrpc = null;
    negotiation = null;
    cors = preflights;
    demanded = StatusFields.of(status);
    fields = List.of(new Field(VARY, CorsFields.VARY_OF_PREFLIGHTS));
  }

  /**
   * A field of the response.
   *
   * @param name its name, a token (RFC 9110 section 5.1)
   * @param value its value, may be empty
   */
  public record Field(String name, String value) {}

  /** Returns the answer to preflights, which has no content. */
  static Answer toPreflights(CorsFields cors) {
    return new Answer(cors);
  }

  /** Returns the decision that a request gets this answer. */
  Decision decision() {
    return decision;
  }

  /**
   * Returns the answer to a request: for a call of gRPC the one that gRPC can read, whose empty
   * body must end with the head over HTTP/2, or with its {@link #trailers()}; for a preflight of an
   * allowed origin the one {@linkplain #hasContent() without content}; otherwise the variant that
   * the request accepts most, or this one.
   *
   * @param request is read in this call only
   */
  public Answer to(RequestHead request) {
    if (toGrpc != null && Grpc.isCall(request.contentType())) {
      return toGrpc;
    }
    Answer preflight = cors == null ? null : cors.preflight(request);
    if (preflight != null) {
      return preflight;
    }
    Answer variant = negotiation == null ? null : negotiation.chosen(request);
    return variant == null ? this : variant;
  }

  /**
   * Returns the additional fields that depend on the request; most answers have none.
   *
   * @param request the one that was given to {@link #to}, which returned this answer; is read in
   *     this call only
   */
  public List<Field> fieldsTo(RequestHead request) {
    if (cors == null) {
      return List.of();
    }
    return hasContent() ? cors.toPage(request) : cors.toPreflight(request);
  }

  /**
   * Returns whether the response has content. If not, it has no body, no {@code Content-Type} and
   * no {@code Content-Length}.
   */
  public boolean hasContent() {
    return status != NO_CONTENT;
  }

  /** Returns the status. */
  public int status() {
    return status;
  }

  /** Returns the value of Content-Type, to be sent byte for byte. */
  public String contentType() {
    return contentType;
  }

  /**
   * Returns the additional fields that are the same for each request; most answers have none.
   * {@value #VARY} may be among them, and must be kept beside one that is there already.
   */
  public List<Field> fields() {
    return fields;
  }

  /**
   * Returns the fields that this answer has over HTTP/1.1 besides, and over no other version; most
   * answers have none. {@code Connection} may be among them, and must be kept beside a {@code
   * close}.
   */
  public List<Field> fieldsInHttp11() {
    return demanded.inHttp11();
  }

  /**
   * Returns those of the {@link #fields()} that must come as trailers too over HTTP/2, where a
   * front can't end a response with its head; most answers have none.
   */
  public List<Field> trailers() {
    return toGrpc == null && hasContent() ? fields : List.of();
  }

  /**
   * Returns the {@code Content-Range} of a body that is not {@linkplain #isFixed() fixed}, or null
   * if it has none; that of a fixed body is among {@link #fields()}.
   *
   * @param length of the body, in bytes
   */
  public @Nullable Field contentRange(int length) {
    return isFixed() ? null : demanded.contentRange(length);
  }

  /**
   * Returns the correlation id of this answer, which goes out in both fields of {@link
   * CorrelationId}: the one that the client sent, or a new one if the message has it; null if there
   * is neither, and the answer has no such field.
   *
   * @param sent the request's {@link CorrelationId#HEADER}, or null
   * @param sentAsPublished the request's {@link CorrelationId#PUBLISHED_HEADER}, or null
   */
  public @Nullable String correlationId(@Nullable String sent, @Nullable String sentAsPublished) {
    return message.hasCorrelationId()
        ? CorrelationId.of(sent, sentAsPublished)
        : CorrelationId.sent(sent, sentAsPublished);
  }

  /**
   * Returns the value of Retry-After for one request in seconds, where it is none of the {@link
   * #fields()} because it differs from request to request; 0 for no such field. Ask once for each
   * request, since two calls may return two values.
   */
  public long retryAfter() {
    return retry == null ? RetryTime.NONE : retry.seconds();
  }

  /** Returns whether the body is the same for each request. */
  public boolean isFixed() {
    return message.isFixed();
  }

  /**
   * Returns the body. The caller must not change it, since all requests may share it.
   *
   * @param correlationId the answer's {@link #correlationId}, or null for a new one; ignored if the
   *     body {@linkplain #isFixed() is fixed}
   * @param retryAfter what {@link #retryAfter()} returned for the request
   */
  public byte[] body(@Nullable String correlationId, long retryAfter) {
    return message.render(correlationId, retryAfter);
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
    int ofFields = fields.stream().mapToInt(f -> f.name().length() + f.value().length()).sum();
    int ofVariants = negotiation == null ? 0 : negotiation.weight();
    int ofCors = cors == null || !hasContent() ? 0 : cors.weight();
    int ofTexts = 2 * (contentType.length() + ofFields) + message.weight();
    return OVERHEAD_BYTES + ofTexts + ofVariants + ofCors;
  }

  private record Form(Object make, Object made, @Nullable Form next) {}
}
