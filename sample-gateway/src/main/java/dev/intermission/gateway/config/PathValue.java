package dev.intermission.gateway.config;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The values that name a place on the disk. A relative path in the file is relative to the folder
 * of the file, one in an option or a variable to the working directory.
 */
final class PathValue {

  private static final String SQLITE = "jdbc:sqlite:";

  private PathValue() {}

  static @Nullable Path of(Value value) {
    String text = value.text();
    if (text == null) {
      return null;
    }
    try {
      return value.inFolder(Path.of(text));
    } catch (InvalidPathException e) {
      value.fault("found the text '" + text + "', allowed is a path");
      return null;
    }
  }

  /** Returns the path of a data folder, or this one if there is no value. */
  static Path dataFolder(Value value, Path otherwise) {
    Path path = of(value);
    Path now = path == null ? value.inFolder(otherwise) : path;
    if (!value.isGivenOver()) {
      FormerPlace.requireNoFolder(value, now, value.text(otherwise.toString()));
    }
    return now;
  }

  /** Returns a JDBC URL, in which a file of SQLite is a path. */
  static @Nullable String database(Value value) {
    String url = value.text();
    if (url == null || value.isGivenOver() || !url.matches(SQLITE + "[^:?]+")) {
      return url;
    }
    String written = url.substring(SQLITE.length());
    Path now = value.inFolder(Path.of(written));
    FormerPlace.requireNoFile(value, now, written);
    return SQLITE + now;
  }
}
