package dev.intermission.store;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** A small file system of its own; tests that need one are skipped where mounting isn't allowed. */
final class Mount implements AutoCloseable {

  private final Path path;

  /** Mounts with the arguments of mount(8) on the folder. */
  Mount(Path path, String... arguments) {
    this.path = path;
    assumeTrue(run("mount", arguments, path), "needs the right to mount a file system");
  }

  /** Fails the file system under the open files, as a kernel does after errors of the disk. */
  void abort() {
    assumeTrue(
        run("mount", new String[] {"-o", "remount,abort"}, path), "needs an ext4 file system");
  }

  /** Runs a command with the path as its last argument, and returns whether it succeeded. */
  static boolean run(String command, String[] arguments, Path path) {
    String[] line = new String[arguments.length + 2];
    line[0] = command;
    System.arraycopy(arguments, 0, line, 1, arguments.length);
    line[line.length - 1] = path.toString();
    try {
      Process process = new ProcessBuilder(line).redirectErrorStream(true).start();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      boolean success = process.waitFor() == 0;
      if (!success) {
        System.out.println(String.join(" ", line) + ": " + output);
      }
      return success;
    } catch (IOException e) {
      System.out.println(String.join(" ", line) + ": " + e);
      return false;
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() {
    run("umount", new String[0], path);
  }
}
