package dev.intermission.gateway.backends;

import static org.assertj.core.api.Assertions.fail;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A server's program on this machine, started for a test. */
public final class Program implements AutoCloseable {

  private final Process process;

  private Program(Process process) {
    this.process = process;
  }

  /**
   * Makes sure that a program is there: installs its package where this user may. Otherwise the
   * test is skipped, or fails where {@code CI} is {@code true}.
   */
  public static void need(String program, String debianPackage)
      throws IOException, InterruptedException {
    if (!Files.isExecutable(Path.of(program)) && !installs(debianPackage)) {
      String missing = "%s is missing; install the package %s".formatted(program, debianPackage);
      if ("true".equals(System.getenv("CI"))) {
        fail(missing);
      }
      abort(missing);
    }
  }

  /** Installs a package, after others do: a second apt-get at the same time would fail. */
  private static boolean installs(String debianPackage) throws InterruptedException {
    ProcessBuilder install =
        new ProcessBuilder(
            "flock",
            Path.of(System.getProperty("java.io.tmpdir"), "intermission-apt.lock").toString(),
            "sh",
            "-c",
            "apt-get update && apt-get install -y --no-install-recommends " + debianPackage);
    install.environment().put("DEBIAN_FRONTEND", "noninteractive");
    install.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD);
    try {
      return install.start().waitFor() == 0;
    } catch (IOException e) {
      // There is no flock, so this is not Debian.
      return false;
    }
  }

  /** Starts a program and waits until all of these ports accept connections. */
  public static Program start(Path log, List<Integer> ports, String... command) throws IOException {
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.to(log.toFile()))
            .redirectInput(new File("/dev/null"))
            .start();
    try {
      await()
          .atMost(Duration.ofSeconds(60))
          .until(
              () -> {
                if (!process.isAlive()) {
                  throw new IOException(command[0] + " ended: " + Files.readString(log));
                }
                return ports.stream().allMatch(Program::accepts);
              });
    } catch (RuntimeException e) {
      process.destroyForcibly();
      throw e;
    }
    return new Program(process);
  }

  private static boolean accepts(int port) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException e) {
      // It does not listen yet.
      return false;
    }
  }

  static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  /** Returns a resource of the tests as a file. */
  static Path resource(String name, Path folder) {
    try (InputStream in = Program.class.getResourceAsStream("/backends/" + name)) {
      Path file = folder.resolve(name);
      if (in == null) {
        throw new IOException("no resource " + name);
      }
      Files.write(file, in.readAllBytes());
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    process.destroy();
    process.onExit().completeOnTimeout(process, 10, TimeUnit.SECONDS).join();
    process.destroyForcibly();
  }
}
