package dev.intermission.gateway.data;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Another process that runs a main class of the tests, and is killed at the end if not before. */
final class Child implements AutoCloseable {

  private final Process process;
  private final BufferedReader output;

  Child(Class<?> main, String... arguments) throws IOException {
    List<String> command =
        Stream.concat(
                Stream.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-XX:TieredStopAtLevel=1",
                    "-cp",
                    System.getProperty("java.class.path"),
                    main.getName()),
                Stream.of(arguments))
            .toList();
    process = new ProcessBuilder(command).redirectErrorStream(true).start();
    output = process.inputReader(StandardCharsets.UTF_8);
  }

  long pid() {
    return process.pid();
  }

  /** Returns the next line of its output or errors, or null when it has ended. */
  @Nullable String readLine() throws IOException {
    return output.readLine();
  }

  /** Kills it (SIGKILL), and waits for its end; what it printed before can still be read. */
  void kill() {
    // Process.destroyForcibly would close the output.
    process.toHandle().destroyForcibly();
    process.onExit().orTimeout(1, TimeUnit.MINUTES).join();
  }

  @Override
  public void close() {
    kill();
  }
}
