package dev.intermission.trafficlog.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class OutputSinkTest {

  private static final int BATCHES = 20;
  private static final int LENGTH = 300_000;

  @Test
  void linesOfTwoConnectionsDoNotMix() throws Exception {
    Process process = SinkProcess.java(OutputSinkTest.class);
    try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
      List<String> lines = output.lines().toList();
      assertThat(lines).filteredOn(line -> line.equals("a".repeat(LENGTH))).hasSize(BATCHES);
      assertThat(lines).filteredOn(line -> line.equals("b".repeat(LENGTH))).hasSize(BATCHES);
    }
    assertThat(process.waitFor()).isZero();
  }

  public static void main(String[] arguments) throws Exception {
    Thread other = new Thread(() -> write("a"));
    other.start();
    write("b");
    other.join();
  }

  private static void write(String letter) {
    OutputSink sink = new OutputSink();
    byte[] record = letter.repeat(LENGTH).getBytes(StandardCharsets.UTF_8);
    try {
      for (int i = 0; i < BATCHES; i++) {
        sink.write(List.of(record));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
