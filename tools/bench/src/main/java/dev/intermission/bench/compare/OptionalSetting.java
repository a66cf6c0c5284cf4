package dev.intermission.bench.compare;

import dev.intermission.api.ContentType;
import dev.intermission.api.Cors;
import dev.intermission.api.MaintenanceSettings;
import dev.intermission.api.Moment;
import dev.intermission.api.ResponseField;
import dev.intermission.api.RetryAfter;
import dev.intermission.api.Variant;
import dev.intermission.api.Window;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** What a closed proxy may answer besides the published fields; each has its price. */
enum OptionalSetting {
  /** The published fields alone. */
  NONE,
  /** A Retry-After that is the same for each request. */
  RETRY_AFTER,
  /** A Retry-After that counts down to the end of a window. */
  ENDS_AT,
  /** A Retry-After that differs from request to request. */
  SPREAD,
  /** One field of the operator's own. */
  HEADER,
  /** Other forms for browsers, programs and SOAP. */
  VARIANTS,
  /** Pages of another origin may read the answer. */
  CORS,
  /** What the documentation recommends: an end, a Retry-After, one field. */
  RECOMMENDED;

  /** Longer than any comparison takes. */
  private static final Duration UNTIL_THE_END = Duration.ofDays(30);

  private static final RetryAfter FIXED = new RetryAfter(300, 0);
  private static final List<ResponseField> ONE_FIELD =
      List.of(new ResponseField("Link", "<https://status.example/>; rel=\"status\""));

  private static final List<Variant> FORMS =
      List.of(
          new Variant(ContentType.parse("text/html; charset=utf-8"), "<p>Closed</p>", null),
          new Variant(ContentType.parse("application/problem+json"), null, null),
          new Variant(ContentType.parse("text/xml; charset=utf-8"), "<closed/>", 500));

  MaintenanceSettings in(MaintenanceSettings plain) {
    return switch (this) {
      case NONE -> plain;
      case RETRY_AFTER -> plain.withRetryAfter(FIXED);
      case ENDS_AT -> plain.withWindow(window());
      case SPREAD -> plain.withRetryAfter(new RetryAfter(300, 60));
      case HEADER -> plain.withHeaders(ONE_FIELD);
      case VARIANTS -> plain.withVariants(FORMS);
      case CORS -> plain.withCors(new Cors(List.of("https://shop.example"), false));
      case RECOMMENDED -> plain.withWindow(window()).withRetryAfter(FIXED).withHeaders(ONE_FIELD);
    };
  }

  private static Window window() {
    Instant end = Instant.now().plus(UNTIL_THE_END);
    return new Window(null, Moment.parse(end.toString()), false);
  }
}
