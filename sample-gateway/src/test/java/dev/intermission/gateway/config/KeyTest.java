package dev.intermission.gateway.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Compares what is written about the keys with their declaration. */
class KeyTest {

  private static final Path README = Path.of("..", "README.md");
  private static final String ROW = "| `--";

  private static List<String> rows() {
    return Stream.of(Key.values())
        .map(
            key ->
                "| `%s` | `%s` | %s | %s |"
                    .formatted(key.option(), key.variable(), key.byDefault(), key.description()))
        .toList();
  }

  /** Maven's option {@code -DwriteTexts} writes the rows anew. */
  @Test
  void tableOfTheReadmeIsThatOfTheKeys() throws IOException {
    List<String> lines = Files.readAllLines(README);
    if (Boolean.getBoolean("writeTexts")) {
      int first =
          lines.indexOf(lines.stream().filter(l -> l.startsWith(ROW)).findFirst().orElseThrow());
      lines.removeIf(line -> line.startsWith(ROW));
      lines.addAll(first, rows());
      Files.write(README, lines);
    }
    assertThat(lines.stream().filter(line -> line.startsWith(ROW)))
        .containsExactlyElementsOf(rows());
  }

  @Test
  void exampleNamesTheOptionOfEachKey() throws IOException {
    String example = Files.readString(Path.of("..", "examples", "gateway.yaml"));
    assertThat(Key.values()).allMatch(key -> example.contains(key.option()));
  }
}
