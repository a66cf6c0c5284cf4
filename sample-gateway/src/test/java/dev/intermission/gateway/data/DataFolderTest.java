package dev.intermission.gateway.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataFolderTest {

  private final Path parent;
  private final Path path;

  DataFolderTest(@TempDir Path parent) {
    this.parent = parent;
    path = parent.resolve("data");
  }

  /** Holds the folder until it is killed. */
  static final class Holder {

    private Holder() {}

    public static void main(String[] arguments) throws IOException {
      try (DataFolder folder = DataFolder.open(Path.of(arguments[0]))) {
        System.out.println("holds " + folder.path());
        System.in.read();
      }
    }
  }

  @Test
  void aNewFolderIsForItsOwnerOnly() throws IOException {
    assumeTrue(FileSystems.getDefault().supportedFileAttributeViews().contains("posix"), "POSIX");

    try (DataFolder folder = DataFolder.open(path)) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.path())))
          .isEqualTo("rwx------");
    }
  }

  @Test
  void theLockFileIsForItsOwnerOnlyWhateverTheFolder() throws IOException {
    assumeTrue(FileSystems.getDefault().supportedFileAttributeViews().contains("posix"), "POSIX");
    Files.createDirectory(path);
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-xr-x"));
    Path lockFile = path.resolve("intermission.lock");
    for (int round = 0; round < 2; round++) {
      try (DataFolder folder = DataFolder.open(path)) {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(lockFile)))
            .as(folder.path().toString())
            .isEqualTo("rw-------");
      }
      Files.setPosixFilePermissions(lockFile, PosixFilePermissions.fromString("rw-rw-rw-"));
    }
  }

  @Test
  void aFolderHeldByAnotherProcessIsRefusedUntilThatIsKilled() throws IOException {
    try (Child child = new Child(Holder.class, path.toString())) {
      assertThat(child.readLine()).isEqualTo("holds " + path.toRealPath());

      assertThatThrownBy(() -> DataFolder.open(path))
          .isInstanceOf(DataFolderException.class)
          .hasMessage(
              "Data folder %s is in use by another Intermission process (pid %d). Stop it, or give another folder with --data.",
              path, child.pid());
      child.kill();
      assertThat(path.resolve("intermission.lock")).hasContent(child.pid() + "");

      DataFolder.open(path).close();
    }
  }

  @Test
  void aFolderHeldByThisProcessIsRefusedUnderEachOfItsNamesAndStaysHeld() throws IOException {
    try (DataFolder folder = DataFolder.open(path)) {
      Path link = Files.createSymbolicLink(parent.resolve("link"), folder.path());
      for (Path name : new Path[] {path, link, path.resolve("..").resolve("data")}) {
        assertThatThrownBy(() -> DataFolder.open(name))
            .isInstanceOf(DataFolderException.class)
            .hasMessageContaining("(pid %d)", ProcessHandle.current().pid());
      }
      try (Child child = new Child(Holder.class, path.toString())) {
        assertThat(child.readLine())
            .contains("DataFolderException: Data folder ")
            .contains("(pid %d)".formatted(ProcessHandle.current().pid()));
      }
    }
    DataFolder.open(path).close();
  }

  @Test
  void aFileInTheFoldersPlaceIsRefused() throws IOException {
    Files.createFile(path);

    assertThatThrownBy(() -> DataFolder.open(path))
        .isInstanceOf(DataFolderException.class)
        .hasMessageStartingWith("Data folder " + path + " can't be used: ");
  }
}
