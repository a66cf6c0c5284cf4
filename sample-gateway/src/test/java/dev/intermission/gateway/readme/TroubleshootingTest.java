package dev.intermission.gateway.readme;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What docs/troubleshooting.md quotes is what the programs write. */
class TroubleshootingTest {

  private static final Path ROOT = Path.of("..");
  private static final Pattern QUOTED = Pattern.compile("`([^`]+)`");
  private static final Pattern JOINED =
      Pattern.compile("\"\\s*\\+\\s*(?:[\\w.()]+\\s*\\+\\s*)?\"|\\{}|%[sd]|\\$\\w+");

  /** All texts of the programs, with an ellipsis for what is filled in. */
  private static String texts() throws IOException {
    StringBuilder texts = new StringBuilder(Files.readString(ROOT.resolve("intermission")));
    try (Stream<Path> files = Files.walk(ROOT)) {
      for (Path file :
          files
              .filter(path -> path.toString().matches(".*/src/main/java/.*\\.java"))
              .filter(path -> !path.toString().contains("/target/"))
              .toList()) {
        texts.append(Files.readString(file));
      }
    }
    return JOINED.matcher(texts).replaceAll("…");
  }

  /** The texts in the first column of the tables of log lines and messages. */
  private static List<String> quoted() throws IOException {
    String page = Files.readString(ROOT.resolve("docs/troubleshooting.md"));
    return page.substring(page.indexOf("## By log line"))
        .lines()
        .filter(line -> line.startsWith("| `"))
        .map(line -> line.substring(0, line.indexOf(" | ")))
        .flatMap(cell -> QUOTED.matcher(cell).results().map(text -> text.group(1)))
        .toList();
  }

  @Test
  void eachQuotedLineIsWrittenByTheCode() throws IOException {
    String texts = texts();
    List<String> quoted = quoted();
    assertThat(quoted).hasSizeGreaterThan(30);
    assertThat(quoted)
        .allSatisfy(
            line ->
                assertThat(Stream.of(line.split("…")).map(String::strip))
                    .as(line)
                    .allMatch(texts::contains));
  }
}
