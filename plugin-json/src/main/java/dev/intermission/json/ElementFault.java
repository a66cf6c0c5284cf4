package dev.intermission.json;

/** What is wrong with an element of an array, which may be long: its own place is to be told. */
final class ElementFault extends IllegalArgumentException {

  private static final long serialVersionUID = 1L;

  private final transient JsonValue element;

  ElementFault(JsonValue element, String message) {
    super("has an element that " + message);
    this.element = element;
  }

  JsonValue element() {
    return element;
  }
}
