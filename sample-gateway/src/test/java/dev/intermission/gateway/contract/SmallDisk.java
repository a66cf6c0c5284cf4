package dev.intermission.gateway.contract;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** A disk of its own in memory; tests that need one are skipped where mounting isn't allowed. */
final class SmallDisk implements AutoCloseable {

  private final Path path;

  /** Mounts one of this size, such as 4m, on the folder. */
  SmallDisk(Path path, String size) throws IOException, InterruptedException {
    this.path = path;
    assumeTrue(
        run("mount", "-t", "tmpfs", "-o", "size=" + size, "tmpfs", path.toString()),
        "needs the right to mount a file system");
  }

  private static boolean run(String... command) throws IOException, InterruptedException {
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (process.waitFor() == 0) {
        return true;
      }
      System.out.println(String.join(" ", command) + ": " + output);
      return false;
    } catch (IOException noSuchCommand) {
      System.out.println(String.join(" ", command) + ": " + noSuchCommand);
      return false;
    }
  }

  @Override
  public void close() throws IOException {
    try {
      run("umount", path.toString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
