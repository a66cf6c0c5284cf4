package dev.intermission.bench.compare;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * A server not written in Java, configured to give the same answer with one worker.
 *
 * @param program its executable
 * @param configuration the resource with its configuration
 * @param options what comes before the file of the configuration
 */
record NativeServer(Path program, String configuration, List<String> options)
    implements Contender.Launcher {

  private static final int STARTS_WITHIN_MILLIS = 10_000;
  private static final int PAUSE_MILLIS = 20;

  static NativeServer nginx(Path program) {
    return new NativeServer(program, "nginx.conf", List.of("-c"));
  }

  static NativeServer haproxy(Path program) {
    return new NativeServer(program, "haproxy.cfg", List.of("-db", "-f"));
  }

  @Override
  public Serving launch(Path folder) {
    try {
      int port = FreePort.free();
      Path file = folder.resolve(configuration);
      Files.writeString(file, configuration(port, folder));
      List<String> command = new ArrayList<>(List.of(program.toString()));
      command.addAll(options);
      command.add(file.toString());
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(folder.resolve("stdout").toFile())
              .start();
      awaitPort(process, port, folder);
      return new Serving(program.toString(), process, Routes.url(port));
    } catch (IOException e) {
      throw new CompareException(program + " can't be run: " + e.getMessage(), e);
    }
  }

  private String configuration(int port, Path folder) throws IOException {
    try (InputStream text = NativeServer.class.getResourceAsStream(configuration)) {
      return new String(
              Objects.requireNonNull(text, configuration).readAllBytes(), StandardCharsets.UTF_8)
          .replace("@FOLDER@", folder.toString())
          .replace("@PORT@", Integer.toString(port))
          .replace("@STATUS@", Integer.toString(ReceivedAnswer.CLOSED))
          .replace("@TYPE@", ReceivedAnswer.CONTENT_TYPE)
          .replace("@BODY@", ReceivedAnswer.BODY);
    }
  }

  private void awaitPort(Process process, int port, Path folder) {
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
        String.format(
            Locale.ROOT,
            "%s did not start:%n%s",
            program,
            ScratchFolder.lastLines(folder.resolve("stdout"))));
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
