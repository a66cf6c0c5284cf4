package dev.intermission.admin.maintenance;

import dev.intermission.admin.deployment.DeploymentDescription;
import dev.intermission.api.FieldError;
import dev.intermission.api.InvalidSettingsException;
import dev.intermission.json.Excerpt;
import dev.intermission.json.JsonType;
import dev.intermission.json.JsonValue;
import dev.intermission.json.StrictReader;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The parsed body of a request for a bypass token (contract section 4).
 *
 * @param description what the token is for, may be empty
 * @param lifetime how long it is valid
 */
record BypassTokenBody(String description, Duration lifetime) {

  private static final String EXPIRES_IN = "expiresIn";
  private static final Duration LONGEST = Duration.ofDays(30);
  private static final Pattern FORM = Pattern.compile("([1-9][0-9]{0,6})([smhd])");
  private static final JsonType<Duration> DURATION =
      JsonType.STRING.as(BypassTokenBody::duration, Duration::toString);

  /**
   * Reads the fields.
   *
   * @throws InvalidSettingsException with every fault
   */
  static BypassTokenBody read(JsonValue json) {
    StrictReader reader = new StrictReader(json);
    String description = DeploymentDescription.read(reader);
    Duration lifetime = reader.read(EXPIRES_IN, DURATION);
    if (reader.isAbsent(EXPIRES_IN)) {
      reader.fault(EXPIRES_IN, "is required, such as 1h");
    }
    List<FieldError> faults = reader.faults();
    if (!faults.isEmpty() || lifetime == null) {
      throw new InvalidSettingsException(faults);
    }
    return new BypassTokenBody(description == null ? "" : description, lifetime);
  }

  private static Duration duration(String text) {
    Matcher matcher = FORM.matcher(text);
    Duration duration = matcher.matches() ? duration(matcher) : Duration.ZERO;
    if (duration.isZero() || duration.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException(
          "is '"
              + Excerpt.of(text)
              + "'; allowed is a whole number from 1 with s, m, h or d, such as 1h, and at most 30d");
    }
    return duration;
  }

  private static Duration duration(Matcher matcher) {
    long number = Long.parseLong(matcher.group(1));
    return switch (matcher.group(2)) {
      case "s" -> Duration.ofSeconds(number);
      case "m" -> Duration.ofMinutes(number);
      case "h" -> Duration.ofHours(number);
      default -> Duration.ofDays(number);
    };
  }
}
