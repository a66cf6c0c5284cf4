package dev.intermission.admin.deployment;

import dev.intermission.json.JsonType;
import dev.intermission.json.StrictReader;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The field of a request that describes the deployment it makes (contract section 4). */
public final class DeploymentDescription {

  private static final String NAME = "description";
  private static final int LONGEST = 1000;

  private DeploymentDescription() {}

  /** Returns the description, or null if it is missing, null or faulty. */
  public static @Nullable String read(StrictReader reader) {
    String description = reader.read(NAME, JsonType.STRING);
    String fault = description == null ? null : fault(description);
    if (fault != null) {
      reader.fault(NAME, fault);
    }
    return fault == null ? description : null;
  }

  private static @Nullable String fault(String description) {
    if (description.length() > LONGEST) {
      return "has " + description.length() + " characters, allowed are " + LONGEST;
    }
    return description
        .codePoints()
        .filter(c -> !isAllowed(c))
        .mapToObj(
            c ->
                String.format(
                    Locale.ROOT,
                    "has the character U+%04X; allowed are no controls but line breaks and tabs",
                    c))
        .findFirst()
        .orElse(null);
  }

  private static boolean isAllowed(int c) {
    boolean loneSurrogate = c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE;
    return !loneSurrogate && (!Character.isISOControl(c) || c == '\n' || c == '\r' || c == '\t');
  }
}
