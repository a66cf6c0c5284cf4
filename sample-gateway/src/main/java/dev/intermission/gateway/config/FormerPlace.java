package dev.intermission.gateway.config;

import dev.intermission.gateway.data.DataFolder;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Refuses a file whose relative paths led elsewhere before they were relative to the file, if the
 * data are still there: a gateway that starts without its data opens closed APIs.
 */
final class FormerPlace {

  private FormerPlace() {}

  /** Tells if a data folder is used where the path led before, and not where it leads now. */
  static void requireNoFolder(Value value, Path now, String written) {
    Path before = Path.of(written).toAbsolutePath().normalize();
    if (DataFolder.isUsed(before) && !DataFolder.isUsed(now)) {
      tell(value, before, now, Key.DATA.option() + " " + before);
    }
  }

  /** Tells if a database file is where the path led before, and not where it leads now. */
  static void requireNoFile(Value value, Path now, String written) {
    Path before = Path.of(written).toAbsolutePath().normalize();
    if (Files.exists(before) && !Files.exists(now)) {
      tell(value, before, now, "%s jdbc:sqlite:%s".formatted(Key.DATABASE.option(), before));
    }
  }

  private static void tell(Value value, Path before, Path now, String option) {
    value.fault(
        "relative paths are relative to this file, so the data are expected at %s, but they are at %s, where this path led before; move them, or start with %s"
            .formatted(now, before, option));
  }
}
