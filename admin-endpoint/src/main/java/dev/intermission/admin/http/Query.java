package dev.intermission.admin.http;

import dev.intermission.json.Excerpt;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The query of a request, read strictly: a misspelt parameter must not count as one that was left
 * out.
 */
public final class Query {

  /** The parameter for how many results there are at most. */
  public static final String LIMIT = "limit";

  private final Map<String, String> parameters;

  private Query(Map<String, String> parameters) {
    this.parameters = parameters;
  }

  /**
   * Reads the query.
   *
   * @param text as the client sent it, null if there is none
   * @param allowed the parameters that it may have, each once
   * @throws Refusal if it has another one, or one is not encoded as it must be; the text has no
   *     value, since that may be a secret
   */
  static Query parse(@Nullable String text, Set<String> allowed) {
    Map<String, String> parameters = new HashMap<>();
    for (String pair : text == null ? new String[0] : text.split("&", -1)) {
      if (pair.isEmpty()) {
        continue;
      }
      int equals = pair.indexOf('=');
      String name = name(equals < 0 ? pair : pair.substring(0, equals));
      if (!allowed.contains(name)) {
        throw Refusal.badRequest(
            "The query has the parameter '"
                + Excerpt.of(name)
                + "'; allowed is "
                + (allowed.isEmpty() ? "none" : String.join(", ", allowed)));
      }
      if (parameters.put(name, value(name, equals < 0 ? "" : pair.substring(equals + 1))) != null) {
        throw Refusal.badRequest("The query has " + name + " more than once");
      }
    }
    return new Query(parameters);
  }

  /** Returns the value of the parameter if it is present; the value may be empty. */
  public Optional<String> value(String name) {
    return Optional.ofNullable(parameters.get(name));
  }

  /**
   * Returns how many results the parameter {@link #LIMIT} asks for.
   *
   * @param otherwise the number if the parameter is not present
   * @throws Refusal if it is no whole number from 1 to the highest
   */
  public int limit(int otherwise, int highest) {
    return value(LIMIT).map(text -> limit(text, highest)).orElse(otherwise);
  }

  private static int limit(String text, int highest) {
    int limit = text.matches("[0-9]{1,9}") ? Integer.parseInt(text) : 0;
    if (limit < 1 || limit > highest) {
      throw Refusal.badRequest(
          LIMIT + " is '" + Excerpt.of(text) + "'; allowed is a whole number from 1 to " + highest);
    }
    return limit;
  }

  private static String name(String text) {
    try {
      return PercentDecoder.decodeForm(text);
    } catch (IllegalArgumentException e) {
      throw Refusal.badRequest("The query's '" + Excerpt.of(text) + "' " + e.getMessage());
    }
  }

  private static String value(String name, String text) {
    try {
      return PercentDecoder.decodeForm(text);
    } catch (IllegalArgumentException e) {
      throw Refusal.badRequest("The query's " + name + " " + e.getMessage());
    }
  }
}
