package dev.intermission.gate;

import dev.intermission.api.ContentType;
import dev.intermission.api.CorrelationId;
import dev.intermission.api.MaintenanceSettings;
import dev.intermission.api.Moment;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A message whose placeholders are filled in (contract section 3). Values that are the same for all
 * requests are filled in once, when the template is made. A value that was filled in is never
 * searched for placeholders.
 */
final class MessageTemplate {

  /** The value of #FAULTMESSAGE#. */
  static final String FAULT_MESSAGE = "API is under maintenance";

  private static final String CORRELATION_ID = "CORRELATIONID";
  private static final String RETRY_AFTER = "RETRYAFTER";

  private static final Pattern PLACEHOLDER =
      Pattern.compile(
          "#(CORRELATIONID|FAULTCODE|FAULTSTATUSCODE|(FAULTMESSAGE|RESPONSEFROMAPI)(_FIRSTLINE)?|ENDSAT|RETRYAFTER)#");

  private final List<String> between;
  private final List<String> open;
  private final Charset charset;
  private final Escape escape;
  private final byte[] fixed;
  private final boolean hasCorrelationId;

  /**
   * Takes the parts of a message.
   *
   * @param between the texts before, between and after the open placeholders
   * @param open the names of the placeholders whose values differ from request to request
   */
  private MessageTemplate(List<String> between, List<String> open, Charset charset, Escape escape) {
    this.between = List.copyOf(between);
    this.open = List.copyOf(open);
    this.charset = charset;
    this.escape = escape;
    hasCorrelationId = open.contains(CORRELATION_ID);
    fixed = isFixed() ? between.get(0).getBytes(charset) : new byte[0];
  }

  static MessageTemplate of(MaintenanceSettings settings, RetryTime retry) {
    ContentType type = settings.contentType();
    String message = settings.message();
    Escape escape = Escape.of(type);
    List<String> between = new ArrayList<>();
    List<String> open = new ArrayList<>();
    StringBuilder text = new StringBuilder();
    Matcher placeholder = PLACEHOLDER.matcher(message);
    int from = 0;
    while (placeholder.find()) {
      text.append(message, from, placeholder.start());
      from = placeholder.end();
      String value = value(placeholder.group(1), settings, retry);
      if (value == null) {
        between.add(text.toString());
        open.add(placeholder.group(1));
        text.setLength(0);
      } else {
        text.append(escape.apply(value));
      }
    }
    between.add(text.append(message, from, message.length()).toString());
    return new MessageTemplate(between, open, type.charset(), escape);
  }

  /** Returns the placeholder's value, or null if it differs from request to request. */
  private static @Nullable String value(
      String placeholder, MaintenanceSettings settings, RetryTime retry) {
    return switch (placeholder) {
      case "FAULTCODE" -> "API_UNDER_MAINTENANCE";
      case "FAULTMESSAGE", "FAULTMESSAGE_FIRSTLINE" -> FAULT_MESSAGE;
      case "FAULTSTATUSCODE" -> Integer.toString(settings.httpStatusCode());
      case "RESPONSEFROMAPI", "RESPONSEFROMAPI_FIRSTLINE" -> "";
      case "ENDSAT" -> {
        Moment endsAt = settings.window().endsAt();
        yield endsAt == null ? "" : endsAt.value();
      }
      case RETRY_AFTER -> retry.isFixed() ? seconds(retry.seconds()) : null;
      default -> null;
    };
  }

  private static String seconds(long retryAfter) {
    return retryAfter == RetryTime.NONE ? "" : Long.toString(retryAfter);
  }

  boolean isFixed() {
    return open.isEmpty();
  }

  /** Returns whether the message has the correlation id of the request. */
  boolean hasCorrelationId() {
    return hasCorrelationId;
  }

  byte[] render(@Nullable String correlationId, long retryAfter) {
    if (isFixed()) {
      return fixed;
    }
    // Where the message has it more than once, it is the same id.
    String id = hasCorrelationId && correlationId == null ? CorrelationId.create() : correlationId;
    String escaped = id == null ? "" : escape.apply(id);
    StringBuilder text = new StringBuilder(between.get(0));
    for (int i = 0; i < open.size(); i++) {
      text.append(open.get(i).equals(CORRELATION_ID) ? escaped : seconds(retryAfter));
      text.append(between.get(i + 1));
    }
    return text.toString().getBytes(charset);
  }

  int weight() {
    return fixed.length + 2 * between.stream().mapToInt(String::length).sum();
  }
}
