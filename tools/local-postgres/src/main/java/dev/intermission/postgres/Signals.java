package dev.intermission.postgres;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.stream.Stream;

/** Signals that {@link ProcessHandle} has no method for. */
final class Signals {

  private Signals() {}

  /** Sends the signal to those of the processes that are still there. */
  static void send(String signal, List<ProcessHandle> processes) {
    // The shell's own, since not each system has the program.
    List<String> command =
        Stream.concat(
                Stream.of("sh", "-c", "kill -" + signal + " \"$@\"", "sh"),
                processes.stream().filter(ProcessHandle::isAlive).map(p -> "" + p.pid()))
            .toList();
    try {
      new ProcessBuilder(command)
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .start()
          .onExit()
          .join();
    } catch (IOException e) {
      throw new UncheckedIOException("can't send the signal " + signal, e);
    }
  }
}
