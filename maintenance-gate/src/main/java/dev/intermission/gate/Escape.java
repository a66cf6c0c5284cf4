package dev.intermission.gate;

import dev.intermission.api.ContentType;

/** How a value of visible ASCII characters is escaped inside a text of some type. */
enum Escape {
  /** As it is. */
  NONE,
  /** Inside a JSON string (RFC 8259 section 7). */
  JSON,
  /** In XML or HTML text and attribute values. */
  MARKUP;

  static Escape of(ContentType type) {
    if (type.isJson()) {
      return JSON;
    }
    return type.isMarkup() ? MARKUP : NONE;
  }

  String apply(String value) {
    return switch (this) {
      case NONE -> value;
      case JSON -> value.replace("\\", "\\\\").replace("\"", "\\\"");
      case MARKUP ->
          value
              .replace("&", "&amp;")
              .replace("<", "&lt;")
              .replace(">", "&gt;")
              .replace("\"", "&quot;")
              .replace("'", "&#39;");
    };
  }
}
