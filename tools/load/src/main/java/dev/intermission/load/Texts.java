package dev.intermission.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A text that is given as an option, or in a file that another option names. */
final class Texts {

  private Texts() {}

  /**
   * Returns the text of {@code --x}, or of the file of {@code --x-file}, byte for byte.
   *
   * @throws UsageException if both are given, or the file is not readable as UTF-8
   */
  static Optional<String> either(String option, @Nullable String text, @Nullable Path file) {
    if (file == null) {
      return Optional.ofNullable(text);
    }
    if (text != null) {
      throw new UsageException("give " + option + " or " + option + "-file, not both");
    }
    try {
      return Optional.of(Files.readString(file));
    } catch (IOException e) {
      throw new UsageException(
          String.format(Locale.ROOT, "%s-file %s can't be read: %s", option, file, e));
    }
  }
}
