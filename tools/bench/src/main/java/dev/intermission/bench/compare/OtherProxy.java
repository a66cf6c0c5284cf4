package dev.intermission.bench.compare;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * A reverse proxy that any command starts.
 *
 * @param command with {@value #PORT} where it is to listen, and {@value #UPSTREAM} where the
 *     upstream does
 */
record OtherProxy(String command, int upstream) implements Contender.Launcher {

  static final String PORT = "@PORT@";
  static final String UPSTREAM = "@UPSTREAM@";

  @Override
  public Serving launch(Path folder) {
    int port = FreePort.free();
    String filledIn =
        command.replace(PORT, Integer.toString(port)).replace(UPSTREAM, Integer.toString(upstream));
    try {
      Process process =
          new ProcessBuilder(List.of(filledIn.strip().split("\\s+", -1)))
              .redirectErrorStream(true)
              .redirectOutput(folder.resolve("stdout").toFile())
              .start();
      OpenPort.await(process, port, folder);
      return new Serving(command, process, Routes.url(port));
    } catch (IOException e) {
      throw new CompareException("'" + filledIn + "' can't be run: " + e.getMessage(), e);
    }
  }
}
