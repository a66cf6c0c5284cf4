package dev.intermission.api;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A header field that an operator adds to the maintenance response (contract section 2).
 *
 * @param name a token (RFC 9110 section 5.1), as it is to be sent
 * @param value visible ASCII characters, with spaces and tabs between them; may be empty
 */
public record ResponseField(String name, String value) {

  /** The most fields that a response may have. */
  public static final int MAX_FIELDS = 20;

  /** The most characters that all names and values may have together. */
  public static final int MAX_CHARACTERS = 8 << 10;

  private static final Pattern VALUE = Pattern.compile("([!-~]([ \t!-~]*[!-~])?)?");

  private static final Set<String> OF_THE_CONNECTION =
      Set.of("connection", "keep-alive", "te", "trailer", "transfer-encoding", "upgrade");
  private static final Set<String> OF_THE_BODY =
      Set.of("content-length", "content-type", "content-encoding", "date", "set-cookie");
  private static final Set<String> OF_OTHER_SETTINGS =
      Set.of(
          "retry-after",
          "cache-control",
          "vary",
          "allow",
          "content-range",
          "www-authenticate",
          "x-correlation-id",
          "apinizer-correlation-id",
          "grpc-status",
          "grpc-message");

  /**
   * @throws IllegalArgumentException with a message for the operator if there can be no such field
   */
  public ResponseField {
    if (!HttpToken.isToken(name)) {
      throw new IllegalArgumentException(
          "has a name that is no token (RFC 9110 section 5.1); allowed are letters, digits and !#$%&'*+-.^_`|~");
    }
    if (!VALUE.matcher(value).matches()) {
      throw new IllegalArgumentException(
          "has a value of "
              + name
              + " with a character that is not allowed; allowed are visible ASCII characters, with spaces and tabs between them");
    }
    String reason = refusal(name.toLowerCase(Locale.ROOT));
    if (!reason.isEmpty()) {
      throw new IllegalArgumentException("has the name " + name + ", " + reason);
    }
  }

  private static String refusal(String name) {
    if (OF_THE_CONNECTION.contains(name) || name.startsWith("proxy-")) {
      return "which belongs to a single connection";
    }
    if (OF_THE_BODY.contains(name) || name.equals("set-cookie2")) {
      return "which is not allowed here";
    }
    boolean cors = name.startsWith("access-control-");
    return cors || OF_OTHER_SETTINGS.contains(name) ? "which other settings make" : "";
  }

  /**
   * Returns the fields of one response.
   *
   * @throws IllegalArgumentException with a message for the operator if there are too many, or two
   *     with the same name
   */
  public static List<ResponseField> together(List<ResponseField> fields) {
    if (fields.size() > MAX_FIELDS) {
      throw new IllegalArgumentException(
          "has " + fields.size() + " elements, allowed are " + MAX_FIELDS);
    }
    int characters = fields.stream().mapToInt(f -> f.name().length() + f.value().length()).sum();
    if (characters > MAX_CHARACTERS) {
      throw new IllegalArgumentException(
          "has " + characters + " characters in names and values, allowed are " + MAX_CHARACTERS);
    }
    Set<String> names = new HashSet<>();
    for (ResponseField field : fields) {
      if (!names.add(field.name().toLowerCase(Locale.ROOT))) {
        throw new IllegalArgumentException(
            "has the name "
                + field.name()
                + " twice; put the values into one, with a comma between");
      }
    }
    return List.copyOf(fields);
  }
}
