package dev.intermission.gateway.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;

/**
 * The help texts in {@code docs/commands}, which the launcher prints. Maven's option {@code
 * -DwriteTexts} writes them anew.
 */
class CommandTextsTest {

  private static final Path FOLDER = Path.of("..", "docs", "commands");

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
    Path file = FOLDER.resolve(line.getCommandSpec().qualifiedName("-") + ".txt");
    String help = line.getUsageMessage(Ansi.OFF);
    if (Boolean.getBoolean("writeTexts")) {
      Files.writeString(file, help);
    }
    assertThat(file).content().isEqualTo(help);
  }
}
