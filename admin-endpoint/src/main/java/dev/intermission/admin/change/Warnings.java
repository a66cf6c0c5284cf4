package dev.intermission.admin.change;

import dev.intermission.admin.http.Warning;
import dev.intermission.api.MaintenanceSettings;
import dev.intermission.api.Variant;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;

/** What is seldom meant in settings (contract section 2). */
public final class Warnings {

  private Warnings() {}

  /** Returns the warnings of settings that are saved, or would be. */
  public static List<Warning> of(MaintenanceSettings settings) {
    IntStream ofVariants =
        settings.variants().stream()
            .map(Variant::httpStatusCode)
            .filter(Objects::nonNull)
            .mapToInt(Integer::intValue);
    return IntStream.concat(IntStream.of(settings.httpStatusCode()), ofVariants)
        .distinct()
        .mapToObj(Warnings::of)
        .flatMap(List::stream)
        .toList();
  }

  private static List<Warning> of(int status) {
    return switch (status) {
      case 206 -> demanding(status, "take the message for a part of a larger one", "Content-Range");
      case 401 -> demanding(status, "conclude that they must log in", "WWW-Authenticate");
      case 405 -> demanding(status, "conclude that their method is wrong", "Allow");
      case 407 ->
          demanding(status, "conclude that they must log in to a proxy", "Proxy-Authenticate");
      case 416 -> demanding(status, "conclude that they asked for a wrong range", "Content-Range");
      case 426 -> demanding(status, "conclude that they must change their protocol", "Upgrade");
      default -> List.of();
    };
  }

  private static List<Warning> demanding(int status, String clients, String field) {
    return List.of(
        new Warning(
            "STATUS_DEMANDS_FIELDS",
            "With httpStatusCode "
                + status
                + " clients "
                + clients
                + ", and the answer gets the field "
                + field
                + ", which HTTP demands; 503 says that the API is closed for a while."));
  }
}
