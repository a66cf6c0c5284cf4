package dev.intermission.admin.http;

import dev.intermission.json.Excerpt;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A path of the contract below its base, such as <code>projects/{project}/apiProxies</code>:
 * literal segments, and names in braces.
 */
public final class PathPattern {

  private static final String BASE = "/apiops";

  private final List<String> segments;

  public PathPattern(String text) {
    segments = List.of(text.split("/", -1));
  }

  /**
   * Splits a path as the client sent it, before anything is decoded, so that an encoded slash stays
   * in its segment; a slash at the end makes no difference.
   *
   * @param path the part of the path after the context path
   * @return the decoded segments below the base, or empty if the path is not below the base
   * @throws Refusal if an escape is malformed
   */
  public static Optional<List<String>> segments(String path) {
    if (!path.startsWith(BASE + "/")) {
      return Optional.empty();
    }
    String below = path.substring(BASE.length() + 1);
    String trimmed = below.endsWith("/") ? below.substring(0, below.length() - 1) : below;
    return Optional.of(Arrays.stream(trimmed.split("/", -1)).map(PathPattern::decoded).toList());
  }

  /**
   * Returns the values of the names in braces, or empty if the segments do not match this pattern.
   */
  public Optional<Map<String, String>> match(List<String> path) {
    if (path.size() != segments.size()) {
      return Optional.empty();
    }
    Map<String, String> names = new HashMap<>();
    for (int i = 0; i < path.size(); i++) {
      String expected = segments.get(i);
      String found = path.get(i);
      if (expected.startsWith("{") && !found.isEmpty()) {
        names.put(expected.substring(1, expected.length() - 1), found);
      } else if (!expected.equals(found)) {
        return Optional.empty();
      }
    }
    return Optional.of(names);
  }

  /** Returns the path with its base, and without a slash at the end. */
  @Override
  public String toString() {
    return BASE + "/" + String.join("/", segments);
  }

  private static String decoded(String segment) {
    try {
      return PercentDecoder.decode(segment);
    } catch (IllegalArgumentException e) {
      throw Refusal.badRequest("The path segment '" + Excerpt.of(segment) + "' " + e.getMessage());
    }
  }
}
