package dev.intermission.trafficlog.delivery;

import dev.intermission.trafficlog.connection.LogTarget;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A process that writes a record to a file, and goes on until it is closed. */
final class SinkProcess implements AutoCloseable {

  private final Process process;

  private SinkProcess(Process process) {
    this.process = process;
  }

  static SinkProcess writing(Path file, String record) throws IOException {
    return new SinkProcess(java(SinkProcess.class, file.toString(), record));
  }

  /** Starts a class of the tests. */
  static Process java(Class<?> main, String... arguments) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
  }

  /** Returns what came of its record. */
  String outcome() throws IOException {
    BufferedReader lines = process.inputReader(StandardCharsets.UTF_8);
    String line = lines.readLine();
    while (line != null && !line.startsWith("> ")) {
      line = lines.readLine();
    }
    return line == null ? "it has ended" : line.substring(2);
  }

  public static void main(String[] arguments) throws Exception {
    FileSink sink = new FileSink(new LogTarget.RollingFile(Path.of(arguments[0]), 1, 1, 1));
    try {
      sink.write(List.of(arguments[1].getBytes(StandardCharsets.UTF_8)));
      System.out.println("> written");
    } catch (IOException e) {
      System.out.println("> " + e.getMessage());
    }
    System.in.read();
    sink.close();
  }

  @Override
  public void close() throws IOException {
    process.getOutputStream().close();
    process.onExit().join();
  }
}
