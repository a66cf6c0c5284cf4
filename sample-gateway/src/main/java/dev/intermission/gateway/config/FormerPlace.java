package dev.intermission.gateway.config;

import dev.intermission.gateway.data.DataFolder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * Refuses a file whose relative paths meant another place before they were relative to the file, if
 * the data are still at that place: a gateway that starts without its data would open closed APIs.
 */
final class FormerPlace {

  private FormerPlace() {}

  /** Adds a fault if a data folder is in use at the former place and not at the present one. */
  static void requireNoFolder(Value value, Path now, String written) {
    Path before = Path.of(written).toAbsolutePath().normalize();
    if (DataFolder.isUsed(before) && !DataFolder.isUsed(now)) {
      tell(value, before, now, Key.DATA.option() + " " + before);
    }
  }

  /** Adds a fault if a database file is at the former place and not at the present one. */
  static void requireNoFile(Value value, Path now, String written) {
    Path before = Path.of(written).toAbsolutePath().normalize();
    if (Files.exists(before) && !Files.exists(now)) {
      tell(value, before, now, Key.DATABASE.option() + " jdbc:sqlite:" + before);
    }
  }

  private static void tell(Value value, Path before, Path now, String option) {
    value.fault(
        String.format(
            Locale.ROOT,
            "relative paths are relative to this file, so the data are expected at %s, but they are at %s, where this path led before; move them, or start with %s",
            now,
            before,
            option));
  }
}
