package dev.intermission.fleet;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A node as a process, which can be killed and started again. One thread at a time. */
final class FleetNode {

  /** What a process's exit code is above the number of the signal that ended it. */
  private static final int SIGNALS = 128;

  private static final Duration TO_STOP = Duration.ofSeconds(40);

  private final String name;
  private final int adminPort;
  private final int trafficPort;
  private final List<String> arguments;
  private final Map<String, String> variables;
  private final Path log;
  private final HttpClient client = HttpClient.newHttpClient();
  private volatile boolean stopping;
  private @Nullable Process process;

  /**
   * Takes the settings of the node; starts nothing.
   *
   * @param variables without secrets, which are in files that they name
   * @param trafficPort 0 for one that serves no clients
   */
  FleetNode(
      String name,
      int adminPort,
      int trafficPort,
      List<String> arguments,
      Map<String, String> variables,
      Path log) {
    this.name = name;
    this.adminPort = adminPort;
    this.trafficPort = trafficPort;
    this.arguments = List.copyOf(arguments);
    this.variables = Map.copyOf(variables);
    this.log = log;
  }

  String name() {
    return name;
  }

  String adminUrl() {
    return "http://127.0.0.1:" + adminPort;
  }

  String trafficUrl() {
    return "http://127.0.0.1:" + trafficPort;
  }

  /** Starts the process; the node becomes ready some time later. */
  void start() throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Xmx256m",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                "dev.intermission.gateway.command.GatewayMain"));
    command.addAll(arguments);
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    builder.environment().keySet().removeIf(variable -> variable.startsWith("INTERMISSION_"));
    builder.environment().putAll(variables);
    stopping = false;
    process = builder.start();
  }

  /** Returns whether the node reports that it is ready; false also if it can't be asked. */
  boolean isReady() throws InterruptedException {
    try {
      return client
              .send(
                  HttpRequest.newBuilder(URI.create(adminUrl() + "/readyz"))
                      .timeout(Duration.ofSeconds(10))
                      .build(),
                  HttpResponse.BodyHandlers.discarding())
              .statusCode()
          == 200;
    } catch (IOException e) {
      // It does not listen yet.
      return false;
    }
  }

  /** Waits until it is ready. */
  void awaitReady(Duration timeout) throws InterruptedException {
    long deadline = System.nanoTime() + timeout.toNanos();
    while (!isReady()) {
      if (process == null || !process.isAlive()) {
        throw new FleetException(ended());
      }
      if (System.nanoTime() - deadline > 0) {
        throw new FleetException(
            String.format(
                Locale.ROOT,
                "%s is not ready after %d s; its log is %s",
                name,
                timeout.toSeconds(),
                log));
      }
      Thread.sleep(50);
    }
  }

  /** Tells, once, that the process ended though it was not asked to; from a thread of its own. */
  void whenEnded(Consumer<String> told) {
    if (process != null) {
      CompletableFuture<Void> unused =
          process
              .onExit()
              .thenAccept(
                  end -> {
                    if (!stopping) {
                      told.accept(ended());
                    }
                  });
    }
  }

  /** Returns that it ended, why, and how it is started again. */
  private String ended() {
    int code = process == null ? 0 : process.exitValue();
    return String.format(
        Locale.ROOT,
        """
        %s ended with the exit code %d: %s
        Its log is %s. Start it again with
          %s""",
        name,
        code,
        reason(code),
        log,
        command());
  }

  /** Returns the last fault that its log tells, or what is known without one. */
  private String reason(int code) {
    if (code > SIGNALS) {
      return "it was ended by signal " + (code - SIGNALS);
    }
    try {
      List<String> lines = Files.readAllLines(log);
      return lines.stream()
          .filter(line -> line.startsWith("intermission ") || line.contains(" ERROR "))
          .reduce((before, last) -> last)
          .orElse(lines.isEmpty() ? "its log is empty" : lines.get(lines.size() - 1));
    } catch (IOException e) {
      return "its log can't be read: " + e.getMessage();
    }
  }

  /** Returns the command line that starts it, with secrets only in files. */
  private String command() {
    StringBuilder command = new StringBuilder();
    variables.forEach((variable, value) -> command.append(variable + "=" + value + " "));
    return command.append("./intermission ").append(String.join(" ", arguments)).toString();
  }

  /** Kills it (SIGKILL). */
  void kill() {
    stopping = true;
    if (process != null) {
      process.destroyForcibly();
      process.onExit().orTimeout(1, TimeUnit.MINUTES).join();
    }
  }

  /** Asks the process to stop (SIGTERM), which may take a while. */
  void stop() {
    stopping = true;
    if (process != null) {
      process.destroy();
    }
  }

  /** Waits for the end of a process that was asked to stop, and kills it if it doesn't. */
  void awaitStopped() {
    if (process == null) {
      return;
    }
    try {
      if (!process.waitFor(TO_STOP.toSeconds(), TimeUnit.SECONDS)) {
        kill();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      kill();
    }
  }

  /** Returns a line for people to read. */
  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%-10s %s  pid %d, log %s",
        name,
        trafficPort == 0
            ? "management API " + adminUrl() + "/apiops/"
            : "clients " + trafficUrl() + "/api/v1, probes " + adminUrl() + "/readyz",
        process == null ? 0 : process.pid(),
        log);
  }
}
