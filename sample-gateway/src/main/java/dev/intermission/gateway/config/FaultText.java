package dev.intermission.gateway.config;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonMappingException.Reference;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Says in one line what is wrong in a configuration file: where, what was found, what is allowed.
 */
final class FaultText {

  private final Path file;
  private final KeyLines lines;

  FaultText(Path file, String text) {
    this.file = file;
    lines = new KeyLines(text);
  }

  String at(String key, @Nullable String message) {
    Integer line = lines.of(key);
    return file
        + (line == null ? "" : ":" + line)
        + ": "
        + (key.isEmpty() ? "" : key + ": ")
        + message;
  }

  String of(JsonProcessingException e) {
    if (e instanceof UnrecognizedPropertyException unknown) {
      return at(key(unknown), "unknown key, allowed are " + known(unknown));
    }
    if (e instanceof ValueInstantiationException refused) {
      return refused(refused);
    }
    if (e instanceof InvalidFormatException format) {
      return at(key(format), wrongValue(format));
    }
    if (e instanceof MismatchedInputException mismatch) {
      return mismatch(mismatch);
    }
    if (e instanceof JsonMappingException mapping) {
      return mapping.getCause() instanceof JsonProcessingException cause
          ? of(cause)
          : at(key(mapping), mapping.getOriginalMessage());
    }
    return syntax(e);
  }

  private String syntax(JsonProcessingException e) {
    JsonLocation location = e.getLocation();
    String where =
        location == null
            ? file.toString()
            : "%s:%d:%d".formatted(file, location.getLineNr(), location.getColumnNr());
    return where + ": " + e.getOriginalMessage().replaceAll("\\s*\\R\\s*", " ");
  }

  private String refused(ValueInstantiationException e) {
    String key = key(e);
    if (e.getCause() instanceof KeyFault fault) {
      return at(join(key, fault.key()), fault.fault());
    }
    Throwable cause = Objects.requireNonNullElse(e.getCause(), e);
    return at(key, cause.getMessage());
  }

  private static String wrongValue(InvalidFormatException e) {
    if (e.getTargetType() == Duration.class) {
      return e.getOriginalMessage().replaceFirst("^.*?: (?=found)", "");
    }
    return "found '%s', allowed is %s".formatted(e.getValue(), allowed(e.getTargetType()));
  }

  private String mismatch(MismatchedInputException e) {
    String key = key(e);
    String missing = missing(e);
    if (missing != null) {
      return at(key, "the key '" + missing + "' is missing");
    }
    String found = found(e);
    return found == null
        ? at(key, e.getOriginalMessage())
        : at(key, "found %s, allowed is %s".formatted(found, allowed(e.getTargetType())));
  }

  /** Jackson tells a missing property in its message only. */
  private static @Nullable String missing(MismatchedInputException e) {
    List<String> parts = Arrays.asList(e.getOriginalMessage().split("'", 3));
    return parts.size() == 3 && parts.get(0).startsWith("Missing required creator property")
        ? parts.get(1)
        : null;
  }

  private static @Nullable String found(MismatchedInputException e) {
    if (!(e.getProcessor() instanceof JsonParser parser) || parser.currentToken() == null) {
      return null;
    }
    JsonToken token = parser.currentToken();
    try {
      return switch (token) {
        case START_ARRAY -> "a list";
        case START_OBJECT, FIELD_NAME -> "a mapping";
        case VALUE_NULL -> "nothing";
        default ->
            (token == JsonToken.VALUE_STRING ? "the text '%s'" : "%s").formatted(parser.getText());
      };
    } catch (IOException unreadable) {
      return null;
    }
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
    Collection<Object> known = e.getKnownPropertyIds();
    return String.join(
        ", ",
        new TreeSet<>(known == null ? List.of() : known.stream().map(String::valueOf).toList()));
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
