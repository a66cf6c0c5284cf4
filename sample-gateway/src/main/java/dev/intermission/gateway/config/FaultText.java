package dev.intermission.gateway.config;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.InputCoercionException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonMappingException.Reference;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Says in one line what is wrong in a configuration file: where, what was found, what is allowed.
 */
final class FaultText {

  private final Path file;
  private final Places places;

  FaultText(Path file, Places places) {
    this.file = file;
    this.places = places;
  }

  String at(String key, @Nullable String fault) {
    Integer line = places.line(key);
    return file
        + (line == null ? "" : ":" + line)
        + ": "
        + (key.isEmpty() ? "" : key + ": ")
        + fault;
  }

  String of(JsonProcessingException e) {
    if (e instanceof UnrecognizedPropertyException unknown) {
      return at(key(unknown), "unknown key, allowed are " + known(unknown));
    }
    if (e instanceof ValueInstantiationException refused) {
      return refused(refused);
    }
    if (e instanceof MismatchedInputException mismatch) {
      return mismatch(key(mismatch), mismatch.getTargetType());
    }
    if (e instanceof JsonMappingException mapping) {
      return mapping.getCause() instanceof InputCoercionException tooLarge
          ? mismatch(key(mapping), tooLarge.getTargetType())
          : syntax(mapping.getCause() instanceof JsonProcessingException cause ? cause : mapping);
    }
    return syntax(e);
  }

  private String syntax(JsonProcessingException e) {
    JsonLocation location = e.getLocation();
    String where =
        location == null
            ? file.toString()
            : "%s:%d:%d".formatted(file, location.getLineNr(), location.getColumnNr());
    // The parser quotes the file in lines that are indented; what it quotes may be a secret.
    String message =
        e.getOriginalMessage()
            .lines()
            .filter(line -> !line.isBlank() && !Character.isWhitespace(line.charAt(0)))
            .collect(Collectors.joining(", "));
    return where + ": " + message;
  }

  private String refused(ValueInstantiationException e) {
    return e.getCause() instanceof KeyFault fault
        ? at(join(key(e), fault.key()), fault.fault())
        : at(key(e), Objects.requireNonNullElse(e.getCause(), e).getMessage());
  }

  private String mismatch(String key, @Nullable Class<?> type) {
    String found = places.found(key);
    return found == null && !key.isEmpty()
        ? at(key, "this key is missing, and required")
        : at(key, "found %s, allowed is %s".formatted(found, allowed(type)));
  }

  private static String allowed(@Nullable Class<?> type) {
    if (type == null) {
      return "something else";
    }
    if (type.isEnum()) {
      return "one of " + Arrays.toString(type.getEnumConstants());
    }
    if (type == Integer.class || type == int.class) {
      return "a whole number";
    }
    if (type == Boolean.class || type == boolean.class) {
      return "true or false";
    }
    if (type == Duration.class) {
      return "a number above 0 and a unit (ms, s, m, h, d), such as 30s";
    }
    if (type == URI.class) {
      return "a URI such as http://host:port/path";
    }
    if (type == String.class) {
      return "a text (in quotes, if it looks like something else)";
    }
    return Collection.class.isAssignableFrom(type) ? "a list" : "a mapping of keys to values";
  }

  private static String known(UnrecognizedPropertyException e) {
    Collection<Object> known = Objects.requireNonNullElse(e.getKnownPropertyIds(), List.of());
    return String.join(", ", new TreeSet<>(known.stream().map(String::valueOf).toList()));
  }

  private static String key(JsonMappingException e) {
    String key = "";
    for (Reference reference : e.getPath()) {
      key =
          reference.getFieldName() == null
              ? key + "[" + reference.getIndex() + "]"
              : join(key, reference.getFieldName());
    }
    return key;
  }

  private static String join(String key, String below) {
    return key.isEmpty() || below.isEmpty() ? key + below : key + "." + below;
  }
}
