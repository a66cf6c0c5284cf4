package dev.intermission.gateway.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;

/**
 * The help texts in {@code docs/commands}, which the launcher prints, and the pages of the manual
 * in {@code docs/man}. Maven's option {@code -DwriteTexts} writes them anew.
 */
class CommandTextsTest {

  private static final Path FOLDER = Path.of("..", "docs", "commands");
  private static final Path MANUAL = Path.of("..", "docs", "man");

  static Stream<CommandLine> commands() {
    return withSubcommands(Commands.line(Map.of(), new Terminal(System.in, System.out, System.err)))
        .filter(line -> !(line.getCommandSpec().userObject() instanceof LauncherTool));
  }

  private static Stream<CommandLine> withSubcommands(CommandLine line) {
    return Stream.concat(
        Stream.of(line),
        line.getSubcommands().values().stream().flatMap(CommandTextsTest::withSubcommands));
  }

  @ParameterizedTest
  @MethodSource("commands")
  void textOfTheLauncherIsTheHelpOfTheCommand(CommandLine line) throws IOException {
    assertText(
        FOLDER.resolve(line.getCommandSpec().qualifiedName("-") + ".txt"),
        line.getUsageMessage(Ansi.OFF));
  }

  @ParameterizedTest
  @MethodSource("commands")
  void manualPageIsThatOfTheCommand(CommandLine line) throws IOException {
    assertText(MANUAL.resolve(line.getCommandSpec().qualifiedName("-") + ".1"), ManPage.of(line));
  }

  @Test
  void manualHasNoPageOfACommandThatIsGone() throws IOException {
    try (Stream<Path> pages = Files.list(MANUAL)) {
      assertThat(pages.map(page -> page.getFileName().toString()))
          .containsExactlyInAnyOrderElementsOf(
              commands().map(line -> line.getCommandSpec().qualifiedName("-") + ".1").toList());
    }
  }

  private static void assertText(Path file, String text) throws IOException {
    if (Boolean.getBoolean("writeTexts")) {
      Files.writeString(file, text);
    }
    assertThat(file).content().isEqualTo(text);
  }
}
