package dev.intermission.gate;

import dev.intermission.api.ContentType;
import dev.intermission.api.CorrelationId;
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

  private static final Pattern PLACEHOLDER =
      Pattern.compile(
          "#(CORRELATIONID|FAULTCODE|FAULTSTATUSCODE|(FAULTMESSAGE|RESPONSEFROMAPI)(_FIRSTLINE)?)#");

  private final List<String> between;
  private final Charset charset;
  private final Escape escape;
  private final byte[] fixed;

  private MessageTemplate(List<String> between, Charset charset, Escape escape) {
    this.between = List.copyOf(between);
    this.charset = charset;
    this.escape = escape;
    fixed = isFixed() ? between.get(0).getBytes(charset) : new byte[0];
  }

  static MessageTemplate of(String message, ContentType type, int status) {
    Escape escape = Escape.of(type);
    List<String> between = new ArrayList<>();
    StringBuilder text = new StringBuilder();
    Matcher placeholder = PLACEHOLDER.matcher(message);
    int from = 0;
    while (placeholder.find()) {
      text.append(message, from, placeholder.start());
      from = placeholder.end();
      String value = value(placeholder.group(1), status);
      if (value == null) {
        between.add(text.toString());
        text.setLength(0);
      } else {
        text.append(escape.apply(value));
      }
    }
    between.add(text.append(message, from, message.length()).toString());
    return new MessageTemplate(between, type.charset(), escape);
  }

  /** Returns the placeholder's value, or null if it differs from request to request. */
  private static @Nullable String value(String placeholder, int status) {
    return switch (placeholder) {
      case "FAULTCODE" -> "API_UNDER_MAINTENANCE";
      case "FAULTMESSAGE", "FAULTMESSAGE_FIRSTLINE" -> FAULT_MESSAGE;
      case "FAULTSTATUSCODE" -> Integer.toString(status);
      case "RESPONSEFROMAPI", "RESPONSEFROMAPI_FIRSTLINE" -> "";
      default -> null;
    };
  }

  boolean isFixed() {
    return between.size() == 1;
  }

  byte[] render(@Nullable String correlationId) {
    if (isFixed()) {
      return fixed;
    }
    String id = correlationId == null ? CorrelationId.create() : correlationId;
    return String.join(escape.apply(id), between).getBytes(charset);
  }

  int weight() {
    return fixed.length + 2 * between.stream().mapToInt(String::length).sum();
  }
}
