package dev.intermission.api;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Another form of the maintenance response, for clients that ask for its type (contract section 2).
 *
 * @param contentType sent byte for byte as written
 * @param message the body, with placeholders; null for the one that is made for a {@linkplain
 *     ContentType#isProblem problem}
 * @param httpStatusCode the status, as {@link MaintenanceSettings#isAllowedStatus} allows it; null
 *     for that of the proxy
 */
public record Variant(
    ContentType contentType, @Nullable String message, @Nullable Integer httpStatusCode) {

  /** The most variants that a response may have. */
  public static final int MAX_VARIANTS = 10;

  /** What a message that is made for a problem may consist of; all else is escaped in it. */
  private static final String VISIBLE_ASCII =
      IntStream.rangeClosed(' ', '~').mapToObj(Character::toString).collect(Collectors.joining());

  /**
   * @throws IllegalArgumentException with a message for the operator if there can be no such
   *     variant
   */
  public Variant {
    if (contentType.isRange()) {
      throw new IllegalArgumentException(
          "has the type " + contentType + ", which stands for several; allowed is one type");
    }
    if (message == null && !contentType.isProblem()) {
      throw new IllegalArgumentException(
          "lacks the field message, which only one of type application/problem+json may lack");
    }
    try {
      contentType.encode(message == null ? VISIBLE_ASCII : message);
    } catch (IllegalArgumentException e) {
      String fault =
          message == null
              ? "lacks the field message, and the one made for it "
              : "has a message that ";
      throw new IllegalArgumentException(fault + e.getMessage(), e);
    }
    if (httpStatusCode != null && !MaintenanceSettings.isAllowedStatus(httpStatusCode)) {
      throw new IllegalArgumentException(
          "has an httpStatusCode that " + MaintenanceSettings.statusNotAllowed(httpStatusCode));
    }
  }

  /**
   * Returns the variants of one response.
   *
   * @throws IllegalArgumentException with a message for the operator if there are too many, or two
   *     of the same type
   */
  public static List<Variant> together(List<Variant> variants) {
    if (variants.size() > MAX_VARIANTS) {
      throw new IllegalArgumentException(
          "has " + variants.size() + " elements, allowed are " + MAX_VARIANTS);
    }
    List<ContentType> types = new ArrayList<>();
    for (Variant variant : variants) {
      ContentType type = variant.contentType();
      if (types.stream().anyMatch(type::isSameType)) {
        throw new IllegalArgumentException(
            "has the type " + type + " twice; the second one would never be sent");
      }
      types.add(type);
    }
    return List.copyOf(variants);
  }
}
