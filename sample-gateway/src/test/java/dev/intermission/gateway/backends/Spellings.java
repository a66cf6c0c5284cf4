package dev.intermission.gateway.backends;

import java.util.List;
import java.util.Random;

/** Paths that some server might take for one of a closed API. */
final class Spellings {

  private static final List<String> NAMES =
      List.of("closed", "closed", "closed", "api/v1", "api/v1", "api", "v1", "open", "open", "x");
  private static final List<String> SEPARATORS =
      List.of(
          "/", "/", "/", "/", "/", "/", "//", "%2F", "%2f", "%2f", "%252F", "\\", "%5C", "%5c",
          "%255c", ";/", ";x=1/", ";%2f", "%3B/", "%3b%2f", "%u002f", "%c0%af", "/./", "%2f.%2f");
  private static final List<String> DOTS =
      List.of(
          "..",
          "..",
          "..",
          "..",
          ".",
          "..;",
          "..;",
          ".;",
          "..;x=1",
          "%2e%2e",
          "%2E.",
          "..%3B",
          "%252e%252e",
          "%25%32%65.",
          "%u002e.",
          "%c0%ae%c0%ae",
          ".%ff.",
          "../..",
          "..%2f..");
  private static final List<String> ENDS =
      List.of("", "", "", "", "/", "/y", "%00", "%3Fx", "%23", ";x", "%3Bx", "%20", ".", "%E9");

  private final Random random;

  Spellings(long seed) {
    random = new Random(seed);
  }

  String next() {
    StringBuilder path = new StringBuilder(random.nextInt(12) == 0 ? "//" : "/");
    int parts = 1 + random.nextInt(6);
    for (int i = 0; i < parts; i++) {
      path.append(i == 0 ? "" : any(SEPARATORS));
      path.append(random.nextInt(5) < 3 ? spelled(any(NAMES)) : any(DOTS));
    }
    return path.append(any(ENDS)).toString();
  }

  private String any(List<String> parts) {
    return parts.get(random.nextInt(parts.size()));
  }

  /** Returns the name, in one of eight with some of it escaped. */
  private String spelled(String name) {
    if (random.nextInt(8) > 0) {
      return name;
    }
    int at = random.nextInt(name.length());
    String hex = "%02x".formatted((int) name.charAt(at));
    String escape =
        switch (random.nextInt(5)) {
          case 0 -> "%25" + hex;
          case 1 -> "%u00" + hex;
          case 2 -> "%ff%" + hex;
          default -> "%" + hex;
        };
    return name.substring(0, at) + escape + name.substring(at + 1);
  }
}
