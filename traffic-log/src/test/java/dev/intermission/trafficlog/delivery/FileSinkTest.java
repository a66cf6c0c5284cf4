package dev.intermission.trafficlog.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.intermission.trafficlog.connection.LogTarget;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FileSinkTest {

  private static final Duration LONG = Duration.ofSeconds(60);

  @TempDir Path folder;

  private Path file;
  private FileSink sink;

  @BeforeEach
  void open() {
    file = folder.resolve("logs/access.jsonl");
    sink = new FileSink(new LogTarget.RollingFile(file, 1, 3, 3));
  }

  @AfterEach
  void close() {
    sink.close();
  }

  private void write(String... records) throws IOException {
    sink.write(Stream.of(records).map(text -> text.getBytes(StandardCharsets.UTF_8)).toList());
  }

  @Test
  void recordsAreLinesThatOnlyTheOwnerCanRead() throws IOException {
    write("{\"a\":1}", "{\"a\":2}");
    write("{\"a\":3}");
    assertThat(Files.readString(file)).isEqualTo("{\"a\":1}\n{\"a\":2}\n{\"a\":3}\n");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
  }

  @Test
  void fileThatWasMovedAwayIsMadeAnew() throws IOException {
    write("1");
    Files.move(file, folder.resolve("moved"));
    Files.delete(file.resolveSibling(".access.jsonl.lock"));
    Files.delete(file.getParent());
    write("2");
    assertThat(Files.readString(file)).isEqualTo("2\n");
    assertThat(Files.readString(folder.resolve("moved"))).isEqualTo("1\n");
  }

  @Test
  void folderThatIsNoneIsAFaultUntilItIsOne() throws IOException {
    Files.writeString(folder.resolve("logs"), "in the way");
    assertThatThrownBy(() -> write("1")).isInstanceOf(IOException.class);
    Files.delete(folder.resolve("logs"));
    write("1");
    assertThat(Files.readString(file)).isEqualTo("1\n");
  }

  @Test
  void fileRollsAtItsSizeAndKeepsItsModeAndItsTotal() throws IOException {
    String record = "x".repeat(300 << 10);
    for (int i = 0; i < 20; i++) {
      write(record, record);
    }
    // The oldest are deleted in the background.
    await().atMost(LONG).ignoreException(NoSuchFileException.class).until(this::areInOrder);
  }

  @Test
  void fileThatOthersCouldReadIsTheOwnersFromThenOn() throws IOException {
    Files.createDirectories(file.getParent());
    Files.createFile(file);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    write("1");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(Files.readString(file)).isEqualTo("1\n");
  }

  @Test
  void fileHasOneWriter() throws Exception {
    write("1");
    try (SinkProcess other = SinkProcess.writing(file, "other")) {
      assertThat(other.outcome())
          .isEqualTo(file + " is written by another gateway; give each one a path of its own");
      sink.close();
    }
    try (SinkProcess other = SinkProcess.writing(file, "other")) {
      assertThat(other.outcome()).isEqualTo("written");
      assertThatThrownBy(() -> write("2"))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("is written by another gateway");
    }
    write("3");
    assertThat(Files.readString(file)).isEqualTo("1\nother\n3\n");
  }

  @Test
  void partOfABatchIsTakenBackFromTheFileThatItIsIn() throws IOException {
    Path log = folder.resolve("log");
    Path rolled = folder.resolve("rolled");
    Files.writeString(log, "whole\n");
    FileMark same = FileMark.of(log);
    Files.writeString(log, "par", StandardOpenOption.APPEND);
    same.takeBack();
    assertThat(log).hasContent("whole\n");
    FileMark before = FileMark.of(log);
    Files.move(log, rolled);
    Files.writeString(log, "a part that is longer than what was there");
    before.takeBack();
    assertThat(log).isEmptyFile();
    assertThat(rolled).hasContent("whole\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a%d/log", "a(1)/log", "log%", "log+", "lo[g", "log{1}"})
  void pathThatWouldBeReadAsAPatternIsRefused(String path) {
    assertThatThrownBy(() -> new LogTarget.RollingFile(Path.of(path), 1, 1, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("found the path '" + path + "'; not allowed are");
  }

  private boolean areInOrder() throws IOException {
    long total = 0;
    try (Stream<Path> files = Files.list(file.getParent())) {
      List<Path> all = files.filter(one -> !one.toString().endsWith(".lock")).toList();
      for (Path one : all) {
        total += Files.size(one);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(one)))
            .as(one.toString())
            .isEqualTo("rw-------");
      }
      return all.size() > 1 && total <= 5 << 20;
    }
  }
}
