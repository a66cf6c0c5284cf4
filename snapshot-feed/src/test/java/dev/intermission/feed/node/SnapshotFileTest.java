package dev.intermission.feed.node;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.intermission.api.Snapshot;
import dev.intermission.api.SnapshotDelta;
import dev.intermission.feed.DeltaJson;
import dev.intermission.feed.Snapshots;
import dev.intermission.feed.UnreadableSnapshotException;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SnapshotFileTest {

  private static final Snapshot SNAPSHOT =
      Snapshots.snapshot(7, Snapshots.myApi(2, "back at noon"));

  private final Path folder;
  private final SnapshotFile file;

  SnapshotFileTest(@TempDir Path folder) {
    this.folder = folder;
    file = new SnapshotFile(folder, "production");
  }

  @Test
  void snapshotIsLoadedAsItWasSaved() throws IOException {
    assertThat(file.load()).isEmpty();
    file.save(Snapshots.snapshot(6));
    file.save(SNAPSHOT);
    assertThat(file.load().orElseThrow().snapshot()).isEqualTo(SNAPSHOT);
    assertThat(names()).containsExactly("snapshot.json");
  }

  @Test
  void emptySnapshotIsOneToo() throws IOException {
    file.save(Snapshot.empty("production"));
    assertThat(file.load().orElseThrow().snapshot()).isEqualTo(Snapshot.empty("production"));
  }

  @Test
  void truncatedFileIsSetAside() throws IOException {
    file.save(SNAPSHOT);
    byte[] whole = Files.readAllBytes(file.path());
    for (int length = 0; length < whole.length; length++) {
      Files.write(file.path(), Arrays.copyOf(whole, length));
      assertThatThrownBy(file::load)
          .as("%d bytes", length)
          .isInstanceOf(UnreadableSnapshotException.class)
          .hasMessageContaining("It is not served; it was set aside as");
      assertThat(file.load()).isEmpty();
    }
  }

  @Test
  void fileWithAFlippedBitIsSetAsideAndKept() throws IOException {
    file.save(SNAPSHOT);
    byte[] whole = Files.readAllBytes(file.path());
    Random random = new Random(1);
    for (int round = 0; round < 300; round++) {
      byte[] damaged = whole.clone();
      int bit = random.nextInt(damaged.length * 8);
      damaged[bit / 8] ^= (byte) (1 << bit % 8);
      Files.write(file.path(), damaged);
      assertThatThrownBy(file::load)
          .as("bit %d", bit)
          .isInstanceOf(UnreadableSnapshotException.class);
      assertThat(file.path()).doesNotExist();
    }
    assertThat(names()).isNotEmpty().allMatch(name -> name.startsWith("snapshot-set-aside-"));
  }

  @Test
  void snapshotOfAnotherEnvironmentIsSetAside() throws IOException {
    new SnapshotFile(folder, "staging")
        .save(
            Snapshot.empty("staging")
                .plus(new SnapshotDelta("staging", 0, 3, List.of(), List.of())));
    assertThatThrownBy(file::load)
        .isInstanceOf(UnreadableSnapshotException.class)
        .hasMessageContaining("is of the environment 'staging', this node serves 'production'");
  }

  @Test
  void fieldsOfANewerProgramAreSkipped() throws Exception {
    file.save(SNAPSHOT);
    String body = Files.readString(file.path(), UTF_8).split("\n", 2)[1];
    byte[] newer = body.replace("{\"", "{\"later\":{\"x\":[1]},\"").getBytes(UTF_8);
    String sum = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(newer));
    Files.writeString(
        file.path(),
        "intermission-snapshot 1 sha256=%s length=%d\n%s"
            .formatted(sum, newer.length, new String(newer, UTF_8)));
    assertThat(file.load().orElseThrow().snapshot()).isEqualTo(SNAPSHOT);
  }

  @Test
  void snapshotOfANewerFormatIsSetAside() throws IOException {
    file.save(SNAPSHOT);
    String text = Files.readString(file.path(), UTF_8);
    Files.writeString(file.path(), text.replaceFirst("snapshot 1 ", "snapshot 99 "));
    assertThatThrownBy(file::load)
        .isInstanceOf(UnreadableSnapshotException.class)
        .hasMessageContaining("is of format 99, this program reads format " + DeltaJson.FORMAT);
  }

  @Test
  void failedSaveLeavesTheOneBefore() throws IOException {
    file.save(SNAPSHOT);
    Files.createDirectories(folder.resolve("snapshot.json.new/in-the-way"));
    assertThatThrownBy(() -> file.save(Snapshots.snapshot(8))).isInstanceOf(IOException.class);
    assertThat(file.load().orElseThrow().snapshot()).isEqualTo(SNAPSHOT);
  }

  private static String mode(Path file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }

  private void widen(String name) throws IOException {
    Path wide = Files.writeString(folder.resolve(name), "left");
    Files.setPosixFilePermissions(wide, PosixFilePermissions.fromString("rw-rw-rw-"));
  }

  @Test
  void filesAreForTheirOwnerWhateverTheFolderAndWhatWasThereBefore() throws IOException {
    assumeTrue(FileSystems.getDefault().supportedFileAttributeViews().contains("posix"), "POSIX");
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    widen("snapshot.json");
    widen("snapshot.json.new");
    widen("snapshot-set-aside-1.json");

    assertThatThrownBy(file::load).isInstanceOf(UnreadableSnapshotException.class);
    assertThat(modes()).hasSize(3).containsOnly("rw-------");
    widen("snapshot.json.new");
    file.save(SNAPSHOT);
    assertThat(mode(file.path())).isEqualTo("rw-------");
    assertThat(modes()).hasSize(3).containsOnly("rw-------");
  }

  private List<String> modes() throws IOException {
    List<String> modes = new ArrayList<>();
    for (String name : names()) {
      modes.add(mode(folder.resolve(name)));
    }
    return modes;
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(path -> path.getFileName().toString()).toList();
    }
  }
}
