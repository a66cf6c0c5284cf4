package dev.intermission.gate;

import dev.intermission.api.ContentType;
import java.nio.charset.Charset;
import java.util.List;

/**
 * A media range of an Accept field, with its weight (RFC 9110 section 12.5.1).
 *
 * @param type the type; {@code *} for any
 * @param subtype the subtype; {@code *} for any, as it always is where the type is
 * @param parameters all but the weight
 * @param weight 0 to 1000, in thousandths
 */
record MediaRange(String type, String subtype, List<Parameter> parameters, int weight) {

  static final int MAX_WEIGHT = 1000;

  private static final String ANY = "*";
  private static final int OF_A_LEVEL = 1 << 16;

  /** A parameter, with its value unquoted. */
  record Parameter(String name, String value) {

    private boolean isIn(ContentType offered) {
      if (name.equalsIgnoreCase("charset")) {
        return isNameOf(offered.charset());
      }
      for (var own : offered.parameters().entrySet()) {
        if (own.getKey().equalsIgnoreCase(name)) {
          return own.getValue().equals(value);
        }
      }
      return false;
    }

    /** Looks no charset up, since that is slow for names that do not exist. */
    private boolean isNameOf(Charset charset) {
      return charset.name().equalsIgnoreCase(value)
          || charset.aliases().stream().anyMatch(value::equalsIgnoreCase);
    }
  }

  boolean isAnything() {
    return type.equals(ANY) && parameters.isEmpty();
  }

  boolean matches(ContentType offered) {
    String essence = offered.essence();
    int slash = essence.indexOf('/');
    boolean ofType = type.equals(ANY) || (type.length() == slash && begins(essence, 0, type));
    boolean ofSubtype =
        subtype.equals(ANY)
            || (subtype.length() == essence.length() - slash - 1
                && begins(essence, slash + 1, subtype));
    if (!ofType || !ofSubtype) {
      return false;
    }
    for (Parameter parameter : parameters) {
      if (!parameter.isIn(offered)) {
        return false;
      }
    }
    return true;
  }

  private static boolean begins(String essence, int at, String part) {
    return essence.regionMatches(true, at, part, 0, part.length());
  }

  /** Returns a number that is higher for a range that is more specific. */
  int specificity() {
    int level = type.equals(ANY) ? 0 : subtype.equals(ANY) ? 1 : 2;
    return level * OF_A_LEVEL + Math.min(parameters.size(), OF_A_LEVEL - 1);
  }
}
