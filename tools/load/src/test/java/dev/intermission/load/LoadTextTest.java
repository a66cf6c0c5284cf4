package dev.intermission.load;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The help text that the launcher prints. Maven's option {@code -DwriteTexts} writes it anew. */
class LoadTextTest {

  @Test
  void textOfTheLauncherIsTheHelpOfTheCommand() throws IOException {
    Path file = Path.of("..", "..", "docs", "commands", "intermission-load.txt");
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    PrintStream stream = new PrintStream(out, true, UTF_8);
    LoadMain.run(new String[] {"--help"}, Map.of(), stream, stream);
    if (Boolean.getBoolean("writeTexts")) {
      Files.write(file, out.toByteArray());
    }
    assertThat(file).content().isEqualTo(out.toString(UTF_8));
  }
}
