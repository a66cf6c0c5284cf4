package dev.intermission.bench.compare;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** A folder for the files of what is measured; gone when it is closed, or this JVM ends. */
final class ScratchFolder implements AutoCloseable {

  private static final int QUOTED_LINES = 8;

  private final Path path;
  private final AtExit atExit;

  ScratchFolder() {
    try {
      path = Files.createTempDirectory("intermission-bench");
    } catch (IOException e) {
      throw new CompareException("no temporary folder can be made: " + e.getMessage(), e);
    }
    atExit = AtExit.run("remove-" + path.getFileName(), this::removeAll);
  }

  /** Returns a new folder in it. */
  Path folder(String name) {
    try {
      return Files.createDirectory(path.resolve(name.replaceAll("[^A-Za-z0-9.]+", "-")));
    } catch (IOException e) {
      throw new CompareException("no folder can be made for " + name + ": " + e, e);
    }
  }

  /** Returns the last lines of a process's output, for a message that says why it ended. */
  static String lastLines(Path file) {
    try {
      List<String> lines = Files.readAllLines(file);
      return String.join(
          System.lineSeparator(),
          lines.subList(Math.max(0, lines.size() - QUOTED_LINES), lines.size()));
    } catch (IOException e) {
      return "(no output: " + e.getMessage() + ")";
    }
  }

  @Override
  public void close() {
    atExit.cancel();
    removeAll();
  }

  private void removeAll() {
    try (Stream<Path> files = Files.walk(path)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException | UncheckedIOException e) {
      System.err.printf(Locale.ROOT, "%s is left behind: %s%n", path, e);
    }
  }
}
