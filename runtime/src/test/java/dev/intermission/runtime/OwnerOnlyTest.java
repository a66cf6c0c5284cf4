package dev.intermission.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OwnerOnlyTest {

  private final Path folder;

  OwnerOnlyTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @BeforeEach
  void needsModes() {
    assumeTrue(FileSystems.getDefault().supportedFileAttributeViews().contains("posix"), "POSIX");
  }

  private static String mode(Path file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }

  private static void setMode(Path file, String mode) throws IOException {
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
  }

  @Test
  void newFileIsForItsOwnerAndOneThatIsThereIsLeftAsItIs() throws IOException {
    Path file = folder.resolve("file");
    OwnerOnly.create(file);
    assertThat(mode(file)).isEqualTo("rw-------");
    Files.writeString(file, "content");
    OwnerOnly.create(file);
    assertThat(file).hasContent("content");
    assertThatThrownBy(() -> OwnerOnly.create(folder.resolve("none/file")))
        .isInstanceOf(NoSuchFileException.class);
  }

  @Test
  void newFolderIsForItsOwner() throws IOException {
    Path made = Files.createDirectory(folder.resolve("made"), OwnerOnly.newFolder());
    assertThat(mode(made)).isEqualTo("rwx------");
  }

  @ParameterizedTest
  @ValueSource(strings = {"rw-r--r--", "rw-rw----", "rwxrwxrwx", "rw------x", "rw--w----"})
  void widerModeIsTightenedAndToldInOneLine(String wider) throws IOException {
    Path one = Files.createFile(folder.resolve("one"));
    Path other = Files.createFile(folder.resolve("other"));
    setMode(one, wider);
    setMode(other, wider);
    try (Lines lines = Lines.of(OwnerOnly.class)) {
      OwnerOnly.tighten(List.of(one, folder.resolve("none"), other));
      assertThat(lines.texts())
          .containsExactly(
              "WARN Other users of this machine could open [%s, %s]; the mode is 0600 now, so only the owner can"
                  .formatted(one, other));
    }
    assertThat(List.of(mode(one), mode(other))).containsExactly("rw-------", "rw-------");
  }

  @ParameterizedTest
  @ValueSource(strings = {"rw-------", "r--------"})
  void narrowModeIsLeftWithoutAWord(String mode) throws IOException {
    Path file = Files.createFile(folder.resolve("file"));
    setMode(file, mode);
    try (Lines lines = Lines.of(OwnerOnly.class)) {
      OwnerOnly.tighten(List.of(file));
      assertThat(lines.texts()).isEmpty();
    }
    assertThat(mode(file)).isEqualTo(mode);
  }
}
