package dev.intermission.admin.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import dev.intermission.api.FieldError;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A JSON object of a request, read strictly. The caller reads each known field once; the {@link
 * #faults()} name everything that is wrong with these fields, and every field that was not read.
 * Values are never converted: {@code "503"}, {@code 503.0} and {@code 5e2} are not integers.
 */
public final class JsonObject {

  private static final int MAX_DEPTH = 64;
  private static final int MAX_FAULTS = 25;

  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
          .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).build())
          .build();

  private final Map<String, JsonField> fields = new LinkedHashMap<>();
  private final List<String> known = new ArrayList<>();
  private final List<FieldError> faults = new ArrayList<>();

  private JsonObject() {}

  /**
   * Reads the text.
   *
   * @throws Refusal if it is not one JSON object and nothing else
   */
  public static JsonObject parse(String text) {
    try (JsonParser parser = FACTORY.createParser(text)) {
      try {
        return read(parser);
      } catch (JsonProcessingException e) {
        throw malformed(e, parser);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("A text in memory can be read", e);
    }
  }

  private static JsonObject read(JsonParser parser) throws IOException {
    JsonToken first = parser.nextToken();
    if (first == null) {
      throw Refusal.badRequest("The body is empty; allowed is a JSON object, at least {}");
    }
    if (first != JsonToken.START_OBJECT) {
      throw Refusal.badRequest(
          "The body %s; allowed is a JSON object".formatted(JsonField.head(parser).found()));
    }
    JsonObject object = new JsonObject();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      parser.nextToken();
      JsonField field = JsonField.read(parser);
      if (object.fields.putIfAbsent(name, field) != null) {
        object.faults.add(new FieldError(Excerpt.of(name), "is there more than once" + field.at()));
      }
    }
    if (parser.nextToken() != null) {
      throw Refusal.badRequest(
          "The body goes on after its JSON object" + JsonField.head(parser).at());
    }
    return object;
  }

  /** Returns whether the field is present with the value null. */
  public boolean isNull(String name) {
    JsonField field = fields.get(name);
    return field != null && field.token() == JsonToken.VALUE_NULL;
  }

  /** Returns whether the field is missing or null. */
  public boolean isAbsent(String name) {
    return present(name) == null;
  }

  /** Returns the boolean, or null if there is none. */
  public @Nullable Boolean bool(String name) {
    JsonField field = ask(name);
    if (field == null || field.token().isBoolean()) {
      return field == null ? null : field.token() == JsonToken.VALUE_TRUE;
    }
    fault(name, field.found() + "; allowed is a boolean, true or false");
    return null;
  }

  /** Returns the integer, of any size, or null if there is none. */
  public @Nullable BigInteger integer(String name) {
    JsonField field = ask(name);
    if (field == null || field.token() == JsonToken.VALUE_NUMBER_INT) {
      return field == null ? null : new BigInteger(field.text());
    }
    fault(name, field.found() + "; allowed is an integer, without quotes, point and exponent");
    return null;
  }

  /** Returns the string, or null if there is none. */
  public @Nullable String string(String name) {
    JsonField field = ask(name);
    if (field == null || field.token() == JsonToken.VALUE_STRING) {
      return field == null ? null : field.text();
    }
    fault(name, field.found() + "; allowed is a string");
    return null;
  }

  /** Returns the strings of an array, or null if there is none. */
  public @Nullable List<String> strings(String name) {
    JsonField field = ask(name);
    if (field == null) {
      return null;
    }
    if (field.token() != JsonToken.START_ARRAY) {
      fault(name, field.found() + "; allowed is an array of strings");
      return null;
    }
    List<String> strings = new ArrayList<>();
    for (JsonField element : field.elements()) {
      if (element.token() != JsonToken.VALUE_STRING) {
        fault(name, "has an element that " + element.found() + "; allowed are strings");
        return null;
      }
      strings.add(element.text());
    }
    return strings;
  }

  /** Adds what is wrong with the value of a field, and where it is. */
  public void fault(String name, String message) {
    JsonField field = fields.get(name);
    faults.add(new FieldError(name, field == null ? message : message + field.at()));
  }

  /**
   * Returns what is wrong with the object, after each known field was read. If there are very many
   * faults, it returns the first ones and the number of the others.
   */
  public List<FieldError> faults() {
    List<String> unknown = fields.keySet().stream().filter(name -> !known.contains(name)).toList();
    List<FieldError> first =
        Stream.concat(faults.stream(), unknown.stream().map(this::unknown))
            .limit(MAX_FAULTS)
            .collect(Collectors.toCollection(ArrayList::new));
    int more = faults.size() + unknown.size() - first.size();
    if (more > 0) {
      first.add(new FieldError("", "and %d more".formatted(more)));
    }
    return first;
  }

  private FieldError unknown(String name) {
    return new FieldError(
        Excerpt.of(name),
        "is not a field of this request; allowed are %s%s"
            .formatted(String.join(", ", known), Objects.requireNonNull(fields.get(name)).at()));
  }

  private @Nullable JsonField ask(String name) {
    known.add(name);
    return present(name);
  }

  private @Nullable JsonField present(String name) {
    return isNull(name) ? null : fields.get(name);
  }

  private static Refusal malformed(JsonProcessingException e, JsonParser parser) {
    JsonLocation location = e.getLocation() == null ? parser.currentLocation() : e.getLocation();
    // Some messages of Jackson continue with details for programmers, which are cut off.
    String reason =
        String.valueOf(e.getOriginalMessage())
            .replaceAll("(?s) \\(start marker.*|\n.*|, from `[^`]*`", "");
    return Refusal.badRequest(
        "The body is not JSON as it is allowed here, at line %d, column %d: %s"
            .formatted(location.getLineNr(), location.getColumnNr(), Excerpt.of(reason)));
  }
}
