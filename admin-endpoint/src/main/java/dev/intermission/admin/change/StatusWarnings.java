package dev.intermission.admin.change;

import dev.intermission.admin.http.Warning;
import dev.intermission.api.MaintenanceSettings;
import dev.intermission.api.Variant;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;

/** What is seldom meant with a status (contract section 2). */
final class StatusWarnings {

  private StatusWarnings() {}

  /** Returns a warning for each status with which HTTP demands a field. */
  static List<Warning> ofDemanding(MaintenanceSettings settings) {
    return statuses(settings).mapToObj(StatusWarnings::ofDemanding).flatMap(List::stream).toList();
  }

  /** Returns a warning for each status that does not say that the API comes back. */
  static List<Warning> ofLasting(MaintenanceSettings settings) {
    return statuses(settings).mapToObj(StatusWarnings::ofLasting).flatMap(List::stream).toList();
  }

  private static IntStream statuses(MaintenanceSettings settings) {
    IntStream ofVariants =
        settings.variants().stream()
            .map(Variant::httpStatusCode)
            .filter(Objects::nonNull)
            .mapToInt(Integer::intValue);
    return IntStream.concat(IntStream.of(settings.httpStatusCode()), ofVariants).distinct();
  }

  private static List<Warning> ofLasting(int status) {
    return switch (status / 100) {
      case 2 ->
          lasting(status, "all went well, and clients take the message for an answer of the API");
      case 4 ->
          lasting(
              status,
              "the request was wrong, and clients look for a fault of their own or give up");
      default -> List.of();
    };
  }

  private static List<Warning> lasting(int status, String says) {
    return List.of(
        new Warning(
            "STATUS_NOT_TEMPORARY",
            "httpStatusCode "
                + status
                + " says that "
                + says
                + "; 503 says that the API is closed for a while, and clients, proxies and search engines know to come back."));
  }

  private static List<Warning> ofDemanding(int status) {
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
