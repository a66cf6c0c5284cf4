package dev.intermission.bench.compare;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Starts the packaged gateway as a process of its own. */
final class GatewayLauncher {

  private static final String READY = "Intermission is ready";

  private final Jdk jdk;
  private final List<String> javaOptions;
  private final Path jar;

  GatewayLauncher(Jdk jdk, List<String> javaOptions, Path jar) {
    this.jdk = jdk;
    this.javaOptions = List.copyOf(javaOptions);
    this.jar = jar;
  }

  /**
   * Starts the gateway, and returns when it reports that it is ready.
   *
   * @param token a token of the user admin
   * @param url what the load asks for
   * @param folder for what it writes to its standard error
   */
  Serving start(List<String> arguments, String token, URI url, Path folder) {
    List<String> command = new ArrayList<>(List.of(jdk.java().toString()));
    command.addAll(javaOptions);
    command.addAll(List.of("-jar", jar.toString()));
    command.addAll(arguments);
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("INTERMISSION_ADMIN_TOKEN", token);
    builder.redirectError(folder.resolve("stderr").toFile());
    try {
      Process process = builder.start();
      Serving serving = new Serving("the gateway", process, url);
      BufferedReader output = process.inputReader(StandardCharsets.UTF_8);
      awaitReady(serving, output, folder);
      drain(output);
      return serving;
    } catch (IOException e) {
      throw new CompareException(jar + " can't be run: " + e.getMessage(), e);
    }
  }

  private static void awaitReady(Serving serving, BufferedReader output, Path folder)
      throws IOException {
    String line = output.readLine();
    while (line != null && !line.contains(READY)) {
      line = output.readLine();
    }
    if (line == null) {
      serving.close();
      throw new CompareException(
          String.format(
              Locale.ROOT,
              "the gateway ended before it was ready:%n%s",
              ScratchFolder.lastLines(folder.resolve("stderr"))));
    }
  }

  /** The output must be read, since a process blocks when its pipe is full. */
  private static void drain(BufferedReader output) {
    Thread drain = new Thread(() -> output.lines().forEach(line -> {}), "gateway-output");
    drain.setDaemon(true);
    drain.start();
  }
}
