package dev.intermission.api;

import java.util.List;

/**
 * Which pages of other origins may read the maintenance response in a browser (contract section 2,
 * and CORS in the Fetch standard).
 *
 * @param allowedOrigins origins as browsers send them, or {@value #ANY} alone; empty for none
 * @param allowCredentials whether they may read it with cookies and the like; not with {@value
 *     #ANY}, since that would be every page there is
 */
public record Cors(List<String> allowedOrigins, boolean allowCredentials) {

  /** Stands for all origins. */
  public static final String ANY = "*";

  /** The most origins. */
  public static final int MAX_ORIGINS = 100;

  /** No page of another origin. */
  public static final Cors NONE = new Cors(List.of(), false);

  /**
   * @throws IllegalArgumentException with a message for the operator if these can't be the origins
   */
  public Cors {
    allowedOrigins = together(allowedOrigins);
  }

  /** Returns whether every origin is allowed. */
  public boolean isAny() {
    return allowedOrigins.equals(List.of(ANY));
  }

  /**
   * Returns the origins that may be allowed together, each once.
   *
   * @throws IllegalArgumentException with a message for the operator if there are too many, or one
   *     is none that a browser sends
   */
  public static List<String> together(List<String> origins) {
    if (origins.size() > MAX_ORIGINS) {
      throw new IllegalArgumentException(
          "has " + origins.size() + " elements, allowed are " + MAX_ORIGINS);
    }
    List<String> distinct = origins.stream().distinct().toList();
    if (distinct.equals(List.of(ANY))) {
      return distinct;
    }
    if (distinct.contains(ANY)) {
      throw new IllegalArgumentException(
          "has * beside others; * stands for all origins and is allowed alone");
    }
    for (String origin : distinct) {
      String fault = fault(origin);
      if (!fault.isEmpty()) {
        throw new IllegalArgumentException("has an element that " + fault);
      }
    }
    return distinct;
  }

  /**
   * Returns the text if it can be an allowed origin, or {@value #ANY}.
   *
   * @throws IllegalArgumentException with a message for the operator if it is something else
   */
  public static String element(String text) {
    String fault = text.equals(ANY) ? "" : fault(text);
    if (!fault.isEmpty()) {
      throw new IllegalArgumentException(fault);
    }
    return text;
  }

  private static String fault(String text) {
    return text.equals(Origin.OPAQUE)
        ? "is null, the origin of pages of anybody (sandboxed frames, files); allowed are origins with a host"
        : Origin.fault(text);
  }

  List<FieldError> faults() {
    return isAny() && allowCredentials
        ? List.of(
            new FieldError(
                "corsAllowCredentials",
                "is true; allowed is false where corsAllowedOrigins is [\"*\"], since every page that a user opens could read the answer to the user's own requests"))
        : List.of();
  }
}
