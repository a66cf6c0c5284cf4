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
    return number(LIMIT, highest).orElse(otherwise);
  }

  /**
   * Returns the number that the parameter has if it is present.
   *
   * @throws Refusal if it is no whole number from 1 to the highest
   */
  public Optional<Integer> number(String name, int highest) {
    return number(name, 1, highest);
  }

  /**
   * Returns the number that the parameter has if it is present.
   *
   * @param lowest 0 or more
   * @throws Refusal if it is no whole number from the lowest to the highest
   */
  public Optional<Integer> number(String name, int lowest, int highest) {
    return value(name).map(text -> number(name, text, lowest, highest));
  }

  private static int number(String name, String text, int lowest, int highest) {
    long number = text.matches("[0-9]{1,10}") ? Long.parseLong(text) : -1;
    if (number < lowest || number > highest) {
      throw Refusal.badRequest(
          name
              + " is '"
              + Excerpt.of(text)
              + "'; allowed is a whole number from "
              + lowest
              + " to "
              + highest);
    }
    return (int) number;
  }

  /**
   * Returns whether the parameter is true or false if it is present.
   *
   * @throws Refusal if it is neither
   */
  public Optional<Boolean> truth(String name) {
    return value(name).map(text -> truth(name, text));
  }

  /**
   * Returns whether the parameter is present, and not false; it needs no value.
   *
   * @throws Refusal if it has another value than true and false
   */
  public boolean isSet(String name) {
    return value(name).map(text -> text.isEmpty() || truth(name, text)).orElse(false);
  }

  private static boolean truth(String name, String text) {
    return switch (text) {
      case "true" -> true;
      case "false" -> false;
      default ->
          throw Refusal.badRequest(
              name + " is '" + Excerpt.of(text) + "'; allowed are true and false");
    };
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
