package dev.intermission.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonToken;
import dev.intermission.api.InvalidSettingsException;
import java.io.IOException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.IntPredicate;
import java.util.function.Predicate;

/**
 * A kind of value in a JSON text: how it is read, and how it is written. A value is never converted
 * from another kind: {@code "503"}, {@code 503.0} and {@code 5e2} are no integers.
 *
 * @param <T> what it is read into; two values that are the same are equal
 */
public final class JsonType<T> {

  /** True or false. */
  public static final JsonType<Boolean> BOOLEAN =
      new JsonType<>(
          "a boolean, true or false",
          "booleans",
          value -> value.token().isBoolean(),
          (value, strict) -> value.token() == JsonToken.VALUE_TRUE,
          (flag, json) -> json.writeBoolean(flag));

  /** Any string. */
  public static final JsonType<String> STRING =
      new JsonType<>(
          "a string",
          "strings",
          value -> value.token() == JsonToken.VALUE_STRING,
          (value, strict) -> value.text(),
          (text, json) -> json.writeString(text));

  /** Any object, whose members are read by a {@link StrictReader} of their own; never written. */
  public static final JsonType<JsonValue> OBJECT =
      new JsonType<>(
          "an object",
          "objects",
          value -> value.token() == JsonToken.START_OBJECT,
          (value, strict) -> value,
          (value, json) -> {
            throw new IllegalStateException("A part of a request is not written");
          });

  /** Any value, which is not looked at; never written. */
  public static final JsonType<String> SKIPPED =
      new JsonType<>(
          "any value",
          "values",
          value -> true,
          (value, strict) -> "",
          (value, json) -> {
            throw new IllegalStateException("What is skipped is not written");
          });

  /** Takes a value of the right kind; throws IllegalArgumentException if it is not allowed. */
  interface Reader<T> {
    T read(JsonValue value, boolean strict);
  }

  /** Writes a value. */
  interface Writer<T> {
    void write(T value, JsonGenerator json) throws IOException;
  }

  private final String allowed;
  private final String plural;
  private final Predicate<JsonValue> fits;
  private final Reader<T> reader;
  private final Writer<T> writer;

  JsonType(
      String allowed,
      String plural,
      Predicate<JsonValue> fits,
      Reader<T> reader,
      Writer<T> writer) {
    this.allowed = allowed;
    this.plural = plural;
    this.fits = fits;
    this.reader = reader;
    this.writer = writer;
  }

  /**
   * Returns the integers that are allowed.
   *
   * @param test says which
   * @param fault makes the message for another one, without the field's name
   */
  public static JsonType<Integer> integer(IntPredicate test, Function<String, String> fault) {
    return new JsonType<>(
        "an integer, without quotes, point and exponent",
        "integers",
        value -> value.token() == JsonToken.VALUE_NUMBER_INT,
        (value, strict) -> {
          BigInteger number = new BigInteger(value.text());
          if (number.bitLength() >= Integer.SIZE || !test.test(number.intValue())) {
            throw new IllegalArgumentException(fault.apply(Excerpt.of(number.toString())));
          }
          return number.intValue();
        },
        (number, json) -> json.writeNumber(number));
  }

  /**
   * Returns the type of values that are written as values of this type.
   *
   * @param parse throws IllegalArgumentException with a message for the operator, without the
   *     field's name, if a value is not allowed
   * @param format the way back
   */
  public <U> JsonType<U> as(Function<T, U> parse, Function<U, T> format) {
    return new JsonType<>(
        allowed,
        plural,
        fits,
        (value, strict) -> parse.apply(reader.read(value, strict)),
        (value, json) -> writer.write(format.apply(value), json));
  }

  /** Returns the type of arrays of these values. */
  public JsonType<List<T>> array() {
    return new JsonType<>(
        "an array of " + plural,
        "arrays of " + plural,
        value -> value.token() == JsonToken.START_ARRAY,
        this::elements,
        (list, json) -> {
          json.writeStartArray();
          for (T element : list) {
            writer.write(element, json);
          }
          json.writeEndArray();
        });
  }

  private List<T> elements(JsonValue array, boolean strict) {
    List<T> list = new ArrayList<>();
    List<ElementFault> faults = new ArrayList<>();
    for (JsonValue element : array.elements()) {
      if (!fits.test(element)) {
        faults.add(ofElement(element, "that " + element.found() + "; allowed are " + plural));
        continue;
      }
      try {
        list.add(reader.read(element, strict));
      } catch (ElementFaults e) {
        e.all().forEach(fault -> faults.add(ofElement(element, fault.message())));
      } catch (IllegalArgumentException e) {
        faults.add(ofElement(element, "that " + e.getMessage()));
      }
    }
    if (!faults.isEmpty()) {
      throw new ElementFaults(faults);
    }
    return List.copyOf(list);
  }

  /** Returns the type of objects whose members have any names, and these values. */
  JsonType<Map<String, T>> map() {
    return new JsonType<>(
        "an object of " + plural,
        "objects of " + plural,
        value -> value.token() == JsonToken.START_OBJECT,
        this::members,
        (map, json) -> {
          json.writeStartObject();
          for (Map.Entry<String, T> member : map.entrySet()) {
            json.writeFieldName(member.getKey());
            writer.write(member.getValue(), json);
          }
          json.writeEndObject();
        });
  }

  private Map<String, T> members(JsonValue object, boolean strict) {
    Map<String, T> map = new LinkedHashMap<>();
    List<ElementFault> faults = new ArrayList<>();
    if (strict) {
      object.repeated().stream()
          .map(it -> new ElementFault(object, "has the member " + it.field() + " more than once"))
          .forEach(faults::add);
    }
    object
        .members()
        .forEach(
            (name, value) -> {
              String has = "has a member \"" + Excerpt.of(name) + "\" ";
              try {
                map.put(name, read(value, strict));
              } catch (ElementFaults e) {
                e.all().forEach(it -> faults.add(new ElementFault(value, has + it.message())));
              } catch (IllegalArgumentException e) {
                faults.add(new ElementFault(value, has + "that " + e.getMessage()));
              }
            });
    if (!faults.isEmpty()) {
      throw new ElementFaults(faults);
    }
    return map;
  }

  /** Returns this type where null is read as this value. */
  JsonType<T> nullAs(T none) {
    return new JsonType<>(
        allowed,
        plural,
        value -> value.token() == JsonToken.VALUE_NULL || fits.test(value),
        (value, strict) ->
            value.token() == JsonToken.VALUE_NULL ? none : reader.read(value, strict),
        writer);
  }

  /** Returns this type where a value that is not allowed is read as none, and not refused. */
  JsonType<T> orNone() {
    return new JsonType<>(
        allowed,
        plural,
        value -> true,
        (value, strict) -> {
          try {
            return read(value, strict);
          } catch (IllegalArgumentException | InvalidSettingsException e) {
            return JsonForm.missing();
          }
        },
        writer);
  }

  private static ElementFault ofElement(JsonValue element, String message) {
    return new ElementFault(element, "has an element " + message);
  }

  /**
   * Returns the value.
   *
   * @param strict whether a member of an object that is not known is a fault, or is skipped
   * @throws IllegalArgumentException with a message for the operator, without the field's name, if
   *     the value is of another kind or not allowed
   */
  T read(JsonValue value, boolean strict) {
    if (!fits.test(value)) {
      throw new IllegalArgumentException(value.found() + "; allowed is " + allowed);
    }
    return reader.read(value, strict);
  }

  void write(T value, JsonGenerator json) throws IOException {
    writer.write(value, json);
  }
}
