package dev.intermission.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;

/** The help text that the launcher prints. Maven's option {@code -DwriteTexts} writes it anew. */
class FleetTextTest {

  @Test
  void textOfTheLauncherIsTheHelpOfTheCommand() throws IOException {
    Path file = Path.of("..", "..", "docs", "commands", "intermission-fleet.txt");
    String help = new CommandLine(new FleetMain(System.out, System.err)).getUsageMessage(Ansi.OFF);
    if (Boolean.getBoolean("writeTexts")) {
      Files.writeString(file, help);
    }
    assertThat(file).content().isEqualTo(help);
  }
}
