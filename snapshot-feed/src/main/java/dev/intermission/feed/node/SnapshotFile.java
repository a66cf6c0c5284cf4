package dev.intermission.feed.node;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.intermission.api.Snapshot;
import dev.intermission.api.SnapshotDelta;
import dev.intermission.feed.DeltaJson;
import dev.intermission.feed.UnreadableSnapshotException;
import dev.intermission.runtime.OwnerOnly;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The last snapshot of a node, in one file: a line with format, checksum and length, then the
 * snapshot in {@link DeltaJson}'s form. A new file is written beside the old one, flushed to the
 * disk and renamed, so that after a crash one of the two is complete. Only its owner can read it
 * (mode 0600). For one thread at a time.
 */
public final class SnapshotFile {

  private static final Logger LOG = LoggerFactory.getLogger(SnapshotFile.class);

  private static final String MAGIC = "intermission-snapshot";
  private static final String SET_ASIDE = "snapshot-set-aside-";
  private static final int MAX_HEADER_BYTES = 200;

  private final Path file;
  private final String environment;

  /**
   * Makes an object for the file without reading or writing it.
   *
   * @param folder an existing folder that this process alone uses
   * @param environment the environment of the snapshots
   */
  public SnapshotFile(Path folder, String environment) {
    file = folder.resolve("snapshot.json");
    this.environment = environment;
  }

  /**
   * A snapshot from the disk.
   *
   * @param snapshot what was served
   * @param taken when it was written
   */
  public record Loaded(Snapshot snapshot, Instant taken) {}

  /** Returns where it is. */
  public Path path() {
    return file;
  }

  /**
   * Returns the snapshot that was saved last, or empty if none was. A file that can't be served is
   * renamed first, so that people can look at it and it is not read again.
   *
   * @throws UnreadableSnapshotException if it is damaged, of another environment or of another
   *     format; the message says so and where it is now
   * @throws IOException if it can't be read at all
   */
  public Optional<Loaded> load() throws IOException {
    tighten();
    byte[] bytes;
    FileTime taken;
    try {
      bytes = Files.readAllBytes(file);
      taken = Files.getLastModifiedTime(file);
    } catch (NoSuchFileException e) {
      // Nothing was saved yet.
      return Optional.empty();
    }
    try {
      return Optional.of(new Loaded(read(bytes), taken.toInstant()));
    } catch (UnreadableSnapshotException e) {
      throw new UnreadableSnapshotException(
          String.format(
              Locale.ROOT,
              "The snapshot %s %s. It is not served; it was set aside as %s.",
              file,
              e.getMessage(),
              setAside()),
          e);
    }
  }

  /**
   * An older version may have left files that others can read; if their mode can't be changed, they
   * are served all the same.
   */
  private void tighten() {
    List<Path> files = new ArrayList<>(List.of(file, beside()));
    try {
      Path folder = file.toAbsolutePath().getParent();
      try (DirectoryStream<Path> aside = Files.newDirectoryStream(folder, SET_ASIDE + "*.json")) {
        aside.forEach(files::add);
      }
      OwnerOnly.tighten(files);
    } catch (IOException | DirectoryIteratorException e) {
      LOG.warn("Other users of this machine may be able to open {}: {}", file, e.toString(), e);
    }
  }

  private Path beside() {
    return file.resolveSibling(file.getFileName() + ".new");
  }

  /**
   * Saves the snapshot; when this returns it is on the disk.
   *
   * @throws IOException if that fails; the one saved before is still there
   */
  public void save(Snapshot snapshot) throws IOException {
    SnapshotDelta everything =
        new SnapshotDelta(
            environment,
            0,
            snapshot.version(),
            List.copyOf(snapshot.proxies().values()),
            List.of());
    byte[] body = DeltaJson.write(everything);
    byte[] header =
        String.format(
                Locale.ROOT,
                "%s %d sha256=%s length=%d\n",
                MAGIC,
                DeltaJson.formatOf(everything),
                sha256(body, 0),
                body.length)
            .getBytes(US_ASCII);
    Path beside = beside();
    // A file that a crash left there may have another mode.
    Files.deleteIfExists(beside);
    try (FileChannel channel =
        FileChannel.open(
            beside,
            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
            OwnerOnly.newFile())) {
      write(channel, header);
      write(channel, body);
      channel.force(true);
    }
    Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    flushFolder();
  }

  private static void write(FileChannel channel, byte[] bytes) throws IOException {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    while (buffer.hasRemaining()) {
      channel.write(buffer);
    }
  }

  /** The new name is on the disk only after the folder was flushed. */
  private void flushFolder() throws IOException {
    try (FileChannel folder =
        FileChannel.open(file.toAbsolutePath().getParent(), StandardOpenOption.READ)) {
      folder.force(true);
    }
  }

  private Snapshot read(byte[] bytes) {
    int end = headerEnd(bytes);
    String[] header = new String(bytes, 0, end, US_ASCII).split(" ", -1);
    if (header.length != 4 || !header[0].equals(MAGIC)) {
      throw new UnreadableSnapshotException("is damaged: its first line is not that of a snapshot");
    }
    if (!header[1].matches("[0-9]{1,9}") || !DeltaJson.isReadable(Integer.parseInt(header[1]))) {
      throw new UnreadableSnapshotException(
          "is of format " + header[1] + ", this program reads format " + DeltaJson.FORMAT);
    }
    int body = end + 1;
    if (!header[3].equals("length=" + (bytes.length - body))
        || !header[2].equals("sha256=" + sha256(bytes, body))) {
      throw new UnreadableSnapshotException(
          "is damaged: its " + bytes.length + " bytes don't match the checksum in its first line");
    }
    SnapshotDelta everything = DeltaJson.read(Arrays.copyOfRange(bytes, body, bytes.length));
    if (!everything.environment().equals(environment)) {
      throw new UnreadableSnapshotException(
          "is of the environment '"
              + everything.environment()
              + "', this node serves '"
              + environment
              + "'");
    }
    return Snapshot.empty(environment).plus(everything);
  }

  private static int headerEnd(byte[] bytes) {
    for (int i = 0; i < Math.min(bytes.length, MAX_HEADER_BYTES); i++) {
      if (bytes[i] == '\n') {
        return i;
      }
    }
    throw new UnreadableSnapshotException("is damaged: it has no first line");
  }

  private static String sha256(byte[] bytes, int from) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(bytes, from, bytes.length - from);
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  private Path setAside() throws IOException {
    Path aside = file.resolveSibling(SET_ASIDE + System.currentTimeMillis() + ".json");
    return Files.move(file, aside, StandardCopyOption.REPLACE_EXISTING);
  }
}
