package dev.intermission.gateway.config;

import dev.intermission.trafficlog.connection.LogTarget;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads what a connection of the traffic log needs, by its type. */
final class LogTargets {

  private static final int MAX_MEGABYTES = 1_000_000;
  private static final int FILE_MEGABYTES = 100;
  private static final int DAYS = 30;
  private static final int MAX_DAYS = 3_650;
  private static final int TOTAL_MEGABYTES = 10_000;
  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  private LogTargets() {}

  /** Returns the target, or null if it has faults, which are reported. */
  static @Nullable LogTarget read(Value item, Section at, LogTarget.Type type) {
    return switch (type) {
      case STANDARD_OUTPUT -> new LogTarget.StandardOutput();
      case LOGBACK_APPEND -> file(item, at);
      case WEBHOOK_SEND -> webhook(item, at);
    };
  }

  private static @Nullable LogTarget file(Value item, Section at) {
    Path path = PathValue.of(at.get("path").required());
    int file = at.get("maxFileMegabytes").integer(FILE_MEGABYTES, 1, MAX_MEGABYTES);
    int days = at.get("maxDays").integer(DAYS, 1, MAX_DAYS);
    int total = at.get("maxTotalMegabytes").integer(TOTAL_MEGABYTES, 1, MAX_MEGABYTES);
    return path == null
        ? null
        : item.make(() -> new LogTarget.RollingFile(path, file, days, total));
  }

  private static @Nullable LogTarget webhook(Value item, Section at) {
    URI url = at.get("url").required().uri();
    String method = at.get("method").text("POST");
    Map<String, String> fields = texts(at.get("fields"));
    Map<String, String> secretFields = texts(at.get("secretFields"));
    Duration timeout = at.get("timeout").duration(TIMEOUT);
    return url == null
        ? null
        : item.make(() -> new LogTarget.Webhook(url, method, fields, secretFields, timeout));
  }

  private static Map<String, String> texts(Value section) {
    Map<String, String> texts = new LinkedHashMap<>();
    section
        .byName()
        .forEach(
            (name, value) -> {
              String text = value.text();
              if (text != null) {
                texts.put(name, text);
              }
            });
    return texts;
  }
}
