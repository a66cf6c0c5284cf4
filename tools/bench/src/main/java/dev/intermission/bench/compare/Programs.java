package dev.intermission.bench.compare;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The programs that are installed here. */
final class Programs {

  private static final Pattern VERSION = Pattern.compile("[0-9]+\\.[0-9]+[0-9.]*");
  private static final List<String> ALWAYS = List.of("/usr/sbin", "/usr/local/sbin");

  private Programs() {}

  /** Returns where a program is, or nothing. */
  static Optional<Path> find(String program) {
    String path = System.getenv().getOrDefault("PATH", "");
    return Stream.concat(Arrays.stream(path.split(":", -1)), ALWAYS.stream())
        .filter(folder -> !folder.isEmpty())
        .map(folder -> Path.of(folder, program))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /** Returns the first version number in the output of a program. */
  static String version(Path program) {
    try {
      Process process =
          new ProcessBuilder(program.toString(), "-v").redirectErrorStream(true).start();
      String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      Matcher matcher = VERSION.matcher(text);
      return matcher.find() ? matcher.group() : "?";
    } catch (IOException e) {
      throw new CompareException(program + " can't be run: " + e.getMessage(), e);
    }
  }
}
