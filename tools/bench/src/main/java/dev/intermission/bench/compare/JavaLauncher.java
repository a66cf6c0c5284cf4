package dev.intermission.bench.compare;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Starts a Jetty contender in a JVM of its own. */
final class JavaLauncher implements Contender.Launcher {

  private final JettyContender contender;
  private final Jdk jdk;
  private final List<String> options;

  /**
   * @param options for the JVM
   */
  JavaLauncher(JettyContender contender, Jdk jdk, List<String> options) {
    this.contender = contender;
    this.jdk = jdk;
    this.options = List.copyOf(options);
  }

  @Override
  public Serving launch(Path folder) {
    List<String> command = new ArrayList<>(List.of(jdk.java().toString()));
    command.addAll(options);
    command.addAll(
        List.of(
            "-cp",
            System.getProperty("java.class.path"),
            ServeMain.class.getName(),
            contender.label()));
    try {
      Process process =
          new ProcessBuilder(command).redirectError(folder.resolve("stderr").toFile()).start();
      // The stream is not closed here, since the contender ends when its input ends.
      BufferedReader output = process.inputReader(StandardCharsets.UTF_8);
      String line = output.readLine();
      if (line == null || !line.startsWith(ServeMain.READY)) {
        process.destroyForcibly();
        throw new CompareException(
            String.format(
                Locale.ROOT,
                "%s did not start with %s:%n%s",
                contender.label(),
                jdk,
                ScratchFolder.lastLines(folder.resolve("stderr"))));
      }
      int port = Integer.parseInt(line.substring(ServeMain.READY.length()));
      return new Serving(contender.label(), process, Routes.url(port));
    } catch (IOException e) {
      throw new CompareException(jdk.java() + " can't be run: " + e.getMessage(), e);
    }
  }
}
