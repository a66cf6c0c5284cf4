package dev.intermission.gate;

import dev.intermission.api.HttpToken;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Which requests a proxy with closed methods answers (contract section 3). A request is closed if
 * any backend may take it for one of a closed method. Immutable.
 */
final class ClosedMethods {

  private static final String CONNECT = "CONNECT";
  private static final String UPGRADE = "upgrade";
  private static final String WEBSOCKET = "websocket";
  private static final String OVERRIDE = "x-http-method-override";
  private static final String SHORT_OVERRIDE = "x-method-override";
  private static final String SHORTEST_OVERRIDE = "x-http-method";
  private static final String PARAMETER = "method";

  private final Set<String> closed = new HashSet<>();
  private final @Nullable CorsFields cors;

  ClosedMethods(List<String> methods, @Nullable CorsFields cors) {
    methods.forEach(method -> closed.add(upper(method)));
    if (closed.contains("GET")) {
      closed.add("HEAD");
    }
    this.cors = cors;
  }

  /** Returns whether the request is closed. */
  boolean has(RequestHead request) {
    String method = request.method();
    if (has(method) || method.equalsIgnoreCase(CONNECT)) {
      return true;
    }
    String asked = cors == null ? null : cors.methodOfPreflight(request);
    return (asked != null && has(asked)) || hasOther(request);
  }

  private boolean has(String method) {
    return closed.contains(method) || closed.contains(upper(method));
  }

  private static String upper(String method) {
    return method.toUpperCase(Locale.ROOT);
  }

  /** Returns whether the request asks for a closed method in another way, or for a WebSocket. */
  private boolean hasOther(RequestHead request) {
    Fields fields = new Fields();
    request.eachField(fields);
    return fields.found || isInQuery(request.query());
  }

  private final class Fields implements BiConsumer<String, String> {

    private boolean found;

    @Override
    public void accept(String name, String value) {
      found |=
          switch (name.length()) {
            case 7 ->
                name.equalsIgnoreCase(UPGRADE)
                    && value.toLowerCase(Locale.ROOT).contains(WEBSOCKET);
            case 13 -> isField(name, SHORTEST_OVERRIDE) && hasAny(value);
            case 17 -> isField(name, SHORT_OVERRIDE) && hasAny(value);
            case 22 -> isField(name, OVERRIDE) && hasAny(value);
            default -> false;
          };
    }
  }

  /** Many backends can't tell an underscore in a field's name from a hyphen. */
  private static boolean isField(String name, String field) {
    return name.replace('_', '-').equalsIgnoreCase(field);
  }

  /** Returns whether a closed method is among the words of a text. */
  private boolean hasAny(String text) {
    int begin = 0;
    for (int i = 0; i <= text.length(); i++) {
      if (i == text.length() || !HttpToken.allows(text.charAt(i))) {
        if (has(text.substring(begin, i))) {
          return true;
        }
        begin = i + 1;
      }
    }
    return false;
  }

  private boolean isInQuery(@Nullable String query) {
    if (query == null) {
      return false;
    }
    for (String parameter : query.split("[&;]", -1)) {
      int equals = parameter.indexOf('=');
      if (equals > 0
          && isMethod(decoded(parameter.substring(0, equals)))
          && hasAny(decoded(parameter.substring(equals + 1)))) {
        return true;
      }
    }
    return false;
  }

  /** The name is {@code _method}; PHP takes some other characters for the underscore. */
  private static boolean isMethod(String name) {
    String stripped = name.strip();
    return stripped.length() == PARAMETER.length() + 1
        && !Character.isLetterOrDigit(stripped.charAt(0))
        && stripped.regionMatches(true, 1, PARAMETER, 0, PARAMETER.length());
  }

  /** Returns a text of a query decoded; each byte as a character. */
  private static String decoded(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    StringBuilder decoded = new StringBuilder(bytes.length);
    for (int at = 0; at < bytes.length; at++) {
      int octet = UrlEscape.octet(bytes, at);
      if (octet == UrlEscape.NONE) {
        decoded.append(bytes[at] == '+' ? ' ' : (char) (bytes[at] & 0xFF));
      } else {
        decoded.append((char) octet);
        at += UrlEscape.PLAIN - 1;
      }
    }
    return decoded.toString();
  }
}
