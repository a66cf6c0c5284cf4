package dev.intermission.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
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
