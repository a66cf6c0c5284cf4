package dev.intermission.admin.http;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The parameters of an {@code application/x-www-form-urlencoded} body. */
public final class Form {

  public static final String MEDIA_TYPE = "application/x-www-form-urlencoded";

  private final Map<String, List<String>> parameters;

  private Form(Map<String, List<String>> parameters) {
    this.parameters = parameters;
  }

  /**
   * Reads the text.
   *
   * @throws Refusal if a name or value is not encoded as it must be
   */
  public static Form parse(String text) {
    Map<String, List<String>> parameters = new HashMap<>();
    for (String pair : text.split("&", -1)) {
      int equals = pair.indexOf('=');
      String name = equals < 0 ? pair : pair.substring(0, equals);
      String value = equals < 0 ? "" : pair.substring(equals + 1);
      try {
        parameters
            .computeIfAbsent(PercentDecoder.decodeForm(name), key -> new ArrayList<>())
            .add(PercentDecoder.decodeForm(value));
      } catch (IllegalArgumentException e) {
        throw Refusal.badRequest("The form " + e.getMessage());
      }
    }
    return new Form(parameters);
  }

  /**
   * Returns the value of the parameter; a parameter without a value counts as missing (RFC 6749
   * section 3.2).
   *
   * @throws Refusal if it occurs more than once
   */
  public Optional<String> value(String name) {
    List<String> values = parameters.getOrDefault(name, List.of());
    if (values.size() > 1) {
      throw Refusal.badRequest("The form has " + name + " more than once");
    }
    return values.stream().filter(value -> !value.isEmpty()).findFirst();
  }
}
