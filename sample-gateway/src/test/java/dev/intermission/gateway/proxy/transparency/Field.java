package dev.intermission.gateway.proxy.transparency;

import java.util.List;
import java.util.Locale;

/** A field of a message, byte for byte as characters of ISO 8859-1. */
record Field(String name, String value) {

  /** Returns the field of a line of HTTP/1.1. */
  static Field of(String line) {
    int colon = line.indexOf(':');
    return new Field(line.substring(0, colon), line.substring(colon + 1).strip());
  }

  boolean is(String other) {
    return name.equalsIgnoreCase(other);
  }

  /** Returns the field as HTTP/2 writes it. */
  Field lowerCase() {
    return new Field(name.toLowerCase(Locale.ROOT), value);
  }

  /** Returns those fields whose names are none of these. */
  static List<Field> without(List<Field> fields, List<String> names) {
    return fields.stream().filter(field -> names.stream().noneMatch(field::is)).toList();
  }

  /** Returns the values of the fields of this name. */
  static List<String> values(List<Field> fields, String name) {
    return fields.stream().filter(field -> field.is(name)).map(Field::value).toList();
  }

  @Override
  public String toString() {
    return name + ": " + value;
  }
}
