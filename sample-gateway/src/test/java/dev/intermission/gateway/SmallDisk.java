package dev.intermission.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** A disk of its own in memory; tests that need one are skipped where mounting isn't allowed. */
public final class SmallDisk implements AutoCloseable {

  private final Path path;

  /** Mounts one of this size, such as 4m, on the folder. */
  public SmallDisk(Path path, String size) throws IOException, InterruptedException {
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
    } catch (IOException e) {
      // The command does not exist.
      System.out.println(String.join(" ", command) + ": " + e);
      return false;
    }
  }

  /** Fills a file until there is no room left. */
  public static void fill(Path file) throws IOException {
    try (OutputStream out = Files.newOutputStream(file)) {
      byte[] block = new byte[4_096];
      while (true) {
        out.write(block);
      }
    } catch (IOException e) {
      assertThat(e).hasMessageContaining("No space left");
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
