package dev.intermission.gateway.command;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A gateway in a process of its own, started from its command line; killed at the end if need be.
 */
final class GatewayProcess implements AutoCloseable {

  private final Process process;
  private final Path errors;
  private final List<String> out = new ArrayList<>();

  private GatewayProcess(Process process, Path errors) {
    this.process = process;
    this.errors = errors;
  }

  /** Starts it, and waits until it says that it is ready. */
  static GatewayProcess start(Path folder, Map<String, String> variables, String... arguments)
      throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                GatewayMain.class.getName()));
    command.addAll(List.of(arguments));
    Path errors = Files.createTempFile(folder, "errors", ".txt");
    ProcessBuilder builder =
        new ProcessBuilder(command).directory(folder.toFile()).redirectError(errors.toFile());
    builder.environment().keySet().removeIf(name -> name.startsWith("INTERMISSION_"));
    builder.environment().put("XDG_CONFIG_HOME", folder.resolve("config").toString());
    builder.environment().putAll(variables);
    GatewayProcess started = new GatewayProcess(builder.start(), errors);
    started.awaitReady();
    return started;
  }

  private void awaitReady() throws IOException {
    BufferedReader reader = process.inputReader(StandardCharsets.UTF_8);
    for (String line = reader.readLine(); line != null; line = reader.readLine()) {
      out.add(line);
      if (line.equals("Intermission is ready")) {
        return;
      }
    }
    throw new AssertionError("It ended before it was ready: " + errors());
  }

  /** Returns what it printed up to the line that says that it is ready, that one included. */
  List<String> out() {
    return out;
  }

  /** Returns what it wrote to standard error so far. */
  String errors() throws IOException {
    return Files.readString(errors);
  }

  /** Returns the port in the URL of the first line that starts with this. */
  int port(String start) {
    String line = out.stream().filter(l -> l.startsWith(start)).findFirst().orElseThrow();
    Matcher port = Pattern.compile("https?://[^:/]+:([0-9]+)").matcher(line);
    if (!port.find()) {
      throw new AssertionError("no port in: " + line);
    }
    return Integer.parseInt(port.group(1));
  }

  int trafficPort() {
    return port("Clients:");
  }

  int adminPort() {
    return port("Management API:");
  }

  /** Tells it to stop (SIGTERM), and returns at once. */
  void terminate() {
    process.toHandle().destroy();
  }

  /** Sends it SIGHUP, and returns at once. */
  void hangUp() throws IOException, InterruptedException {
    new ProcessBuilder("kill", "-HUP", String.valueOf(process.pid())).start().waitFor();
  }

  /** Waits for its end and returns its exit code. */
  int exitCode() throws InterruptedException {
    if (!process.waitFor(1, TimeUnit.MINUTES)) {
      throw new AssertionError("It did not end");
    }
    return process.exitValue();
  }

  @Override
  public void close() {
    process.destroyForcibly();
    process.onExit().orTimeout(1, TimeUnit.MINUTES).join();
  }
}
