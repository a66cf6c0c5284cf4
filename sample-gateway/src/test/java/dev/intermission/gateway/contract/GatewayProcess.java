package dev.intermission.gateway.contract;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.intermission.gateway.command.GatewayMain;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The demo as a process of its own, on free ports; killed at the end if not before. */
final class GatewayProcess implements AutoCloseable {

  private static final String READY = "Intermission is ready";

  private final Process process;
  private final List<String> output = new ArrayList<>();

  /**
   * Starts it, and waits until it says that it is ready.
   *
   * @param folder for its data, and for what it logs
   * @param token the token that admin is to have, or null for one that it prints
   */
  GatewayProcess(Path folder, @Nullable String token) throws IOException {
    Path log = folder.resolve("gateway.log");
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-cp",
            System.getProperty("java.class.path"),
            GatewayMain.class.getName(),
            "demo",
            "--port",
            "0",
            "--admin-port",
            "0",
            "--data",
            folder.resolve("data").toString());
    Map<String, String> environment = builder.environment();
    environment.keySet().removeIf(name -> name.startsWith("INTERMISSION_"));
    environment.put("XDG_CONFIG_HOME", folder.resolve("config").toString());
    if (token != null) {
      environment.put("INTERMISSION_ADMIN_TOKEN", token);
    }
    process = builder.redirectError(ProcessBuilder.Redirect.appendTo(log.toFile())).start();
    BufferedReader reader = process.inputReader(UTF_8);
    String line = reader.readLine();
    while (line != null && !line.equals(READY)) {
      output.add(line);
      line = reader.readLine();
    }
    if (line == null) {
      close();
      throw new AssertionError("The gateway did not start: " + Files.readString(log));
    }
  }

  /** Returns what it printed before it was ready. */
  String printed() {
    return String.join("\n", output);
  }

  int port() {
    return url("Clients:").getPort();
  }

  int adminPort() {
    return url("Management API:").getPort();
  }

  private URI url(String what) {
    return output.stream()
        .filter(line -> line.startsWith(what))
        .map(line -> URI.create(line.substring(what.length()).strip().split(" ", 2)[0]))
        .findFirst()
        .orElseThrow();
  }

  /** Kills it (SIGKILL), and waits for its end. */
  void kill() {
    process.destroyForcibly().onExit().orTimeout(1, TimeUnit.MINUTES).join();
  }

  @Override
  public void close() {
    kill();
  }
}
