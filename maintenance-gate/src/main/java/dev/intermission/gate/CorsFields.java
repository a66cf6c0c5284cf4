package dev.intermission.gate;

import dev.intermission.api.Cors;
import dev.intermission.api.HttpToken;
import dev.intermission.api.Origin;
import dev.intermission.gate.Answer.Field;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The fields that let pages of other origins read an answer in a browser (contract section 3, and
 * CORS in the Fetch standard). Immutable.
 */
final class CorsFields {

  private static final String ORIGIN = "Origin";
  private static final String REQUEST_METHOD = "Access-Control-Request-Method";
  private static final String REQUEST_HEADERS = "Access-Control-Request-Headers";

  /** The request's field that an answer depends on. */
  static final String VARY = ORIGIN;

  /** The request's fields that the answer to a preflight depends on. */
  static final String VARY_OF_PREFLIGHTS =
      String.join(", ", ORIGIN, REQUEST_METHOD, REQUEST_HEADERS);

  private static final Field MAX_AGE = new Field("Access-Control-Max-Age", "0");
  private static final Field EXPOSED =
      new Field("Access-Control-Expose-Headers", "Retry-After, X-Correlation-Id");
  private static final Field CREDENTIALS = new Field("Access-Control-Allow-Credentials", "true");

  /** Enough for each page; what is repeated must fit into the head of a response as well. */
  private static final int MAX_CHARACTERS = 4096;

  private static final int BYTES_PER_ORIGIN = 300;

  private final boolean isAny;
  private final boolean allowCredentials;
  private final Answer toPreflights;
  private final Map<String, List<Field>> toListed = new HashMap<>();

  private CorsFields(Cors cors) {
    toPreflights = Answer.toPreflights(this);
    isAny = cors.isAny();
    allowCredentials = cors.allowCredentials();
    if (!isAny) {
      cors.allowedOrigins().forEach(origin -> toListed.put(origin, fields(origin, EXPOSED)));
    }
  }

  /** Returns the fields by these settings, or null if no origin is allowed. */
  static @Nullable CorsFields of(Cors cors) {
    return cors.allowedOrigins().isEmpty() ? null : new CorsFields(cors);
  }

  /** Returns the fields of the answer to a request; none for an origin that is not allowed. */
  List<Field> toPage(RequestHead request) {
    String origin = request.field(ORIGIN);
    if (origin == null || !isAllowed(origin)) {
      return List.of();
    }
    List<Field> prepared = toListed.get(origin);
    return prepared != null ? prepared : fields(origin, EXPOSED);
  }

  /**
   * Returns the answer to a page of an allowed origin that asks whether it may make a request, or
   * null to any other request.
   */
  @Nullable Answer preflight(RequestHead request) {
    return isPreflight(request) ? toPreflights : null;
  }

  /** Returns the method that a preflight of an allowed origin asks for; null if it is none. */
  @Nullable String methodOfPreflight(RequestHead request) {
    return isPreflight(request) ? request.field(REQUEST_METHOD) : null;
  }

  /** What is asked for is repeated, so what can't be in a field is no such question. */
  private boolean isPreflight(RequestHead request) {
    if (!request.method().equals("OPTIONS")) {
      return false;
    }
    String origin = request.field(ORIGIN);
    String method = request.field(REQUEST_METHOD);
    return origin != null
        && method != null
        && isAllowed(origin)
        && isToken(method)
        && areTokens(request.field(REQUEST_HEADERS));
  }

  /** Returns the fields of the {@linkplain #preflight answer to a preflight}. */
  List<Field> toPreflight(RequestHead request) {
    Field methods = new Field("Access-Control-Allow-Methods", sent(request, REQUEST_METHOD));
    String headers = sent(request, REQUEST_HEADERS);
    String origin = sent(request, ORIGIN);
    return headers.isBlank()
        ? fields(origin, methods, MAX_AGE)
        : fields(origin, methods, new Field("Access-Control-Allow-Headers", headers), MAX_AGE);
  }

  private static String sent(RequestHead request, String name) {
    String value = request.field(name);
    return value == null ? "" : value;
  }

  private List<Field> fields(String origin, Field... others) {
    List<Field> fields = new ArrayList<>();
    fields.add(new Field("Access-Control-Allow-Origin", origin));
    if (allowCredentials) {
      fields.add(CREDENTIALS);
    }
    fields.addAll(List.of(others));
    return List.copyOf(fields);
  }

  int weight() {
    return BYTES_PER_ORIGIN * toListed.size() + toPreflights.weight();
  }

  private boolean isAllowed(String origin) {
    return isAny
        ? origin.equals(Origin.OPAQUE) || Origin.isOrigin(origin)
        : toListed.containsKey(origin);
  }

  private static boolean isToken(String text) {
    return text.length() <= MAX_CHARACTERS && HttpToken.isToken(text);
  }

  private static boolean areTokens(@Nullable String list) {
    if (list == null || list.isBlank()) {
      return true;
    }
    if (list.length() > MAX_CHARACTERS) {
      return false;
    }
    for (String name : list.split(",", -1)) {
      if (!isToken(name.strip())) {
        return false;
      }
    }
    return true;
  }
}
