package dev.intermission.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileFaultTest {

  private final Path folder;

  FileFaultTest(@TempDir Path folder) {
    this.folder = folder;
  }

  private static String read(Path file) {
    return FileFault.of(catchThrowableOfType(IOException.class, () -> Files.readString(file)));
  }

  @Test
  void eachReasonIsSaidInWords() throws IOException {
    assertThat(read(folder.resolve("missing"))).isEqualTo("does not exist");
    assertThat(read(folder)).isEqualTo("is a folder");
    Path latin = Files.write(folder.resolve("latin"), new byte[] {(byte) 0xe4});
    assertThat(read(latin)).isEqualTo("is not UTF-8");
    assertThat(read(latin.resolve("below"))).isEqualTo("can't be read: Not a directory");
    // The user of a test may be root, who may read everything.
    assertThat(FileFault.of(new AccessDeniedException("key.pem")))
        .isEqualTo("can't be read: this user has no permission");
    assertThat(FileFault.of(new FileSystemException("key.pem")))
        .isEqualTo("can't be read: FileSystemException");
    assertThat(FileFault.of(new IOException("Input/output error")))
        .isEqualTo("can't be read: Input/output error");
  }
}
