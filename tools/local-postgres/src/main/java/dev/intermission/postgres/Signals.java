package dev.intermission.postgres;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.stream.Stream;

/** Signals that {@link ProcessHandle} has no method for. */
final class Signals {

  private Signals() {}

  /** Sends the signal to those of the processes that still exist. */
  static void send(String signal, List<ProcessHandle> processes) {
    // Uses the built-in kill of the shell, since not every system has the program.
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
