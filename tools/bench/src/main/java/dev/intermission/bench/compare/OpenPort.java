package dev.intermission.bench.compare;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;

/** Waits until a process that was started listens. */
final class OpenPort {

  private static final int STARTS_WITHIN_MILLIS = 30_000;
  private static final int PAUSE_MILLIS = 20;

  private OpenPort() {}

  /**
   * Waits until the port can be connected to.
   *
   * @param folder where the process writes its output, as {@code stdout}
   * @throws CompareException if the process ends, or does not listen in time; it is ended then
   */
  static void await(Process process, int port, Path folder) {
    for (int waited = 0;
        waited < STARTS_WITHIN_MILLIS && process.isAlive();
        waited += PAUSE_MILLIS) {
      try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
        if (socket.isConnected()) {
          return;
        }
      } catch (IOException e) {
        pause(e);
      }
    }
    process.destroyForcibly();
    throw new CompareException(
        process.info().command().orElse("a contender")
            + " did not start:"
            + System.lineSeparator()
            + ScratchFolder.lastLines(folder.resolve("stdout")));
  }

  private static void pause(IOException notYet) {
    try {
      Thread.sleep(PAUSE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CompareException("interrupted while waiting for a server", notYet);
    }
  }
}
