package dev.intermission.gateway.data;

import dev.intermission.runtime.OwnerOnly;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The folder in which one gateway process keeps its files. The process locks it until the folder is
 * closed or the process ends, however it ends. The lock file, and the folder if it is created here,
 * are readable for their owner only.
 */
public final class DataFolder implements AutoCloseable {

  private static final String LOCK_FILE = "intermission.lock";

  /**
   * The lock files held by this process. Closing any channel of a file drops the locks that the
   * process has on it (POSIX), so a second opening must be refused before it touches the file.
   */
  private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

  private final Path path;
  private final Path lockFile;
  private final FileChannel channel;

  private DataFolder(Path path, Path lockFile, FileChannel channel) {
    this.path = path;
    this.lockFile = lockFile;
    this.channel = channel;
  }

  /**
   * Locks the folder, and creates it if it does not exist, readable for its owner only.
   *
   * @throws DataFolderException if it is in use, or can't be created or written
   */
  public static DataFolder open(Path path) {
    Path folder;
    try {
      folder = Files.createDirectories(path, OwnerOnly.newFolder()).toRealPath();
    } catch (IOException e) {
      throw notWritable(path, e);
    }
    Path lockFile = folder.resolve(LOCK_FILE);
    if (!HELD.add(lockFile)) {
      throw inUse(path, String.valueOf(ProcessHandle.current().pid()), null);
    }
    boolean held = false;
    try {
      DataFolder opened = new DataFolder(folder, lockFile, lock(path, lockFile));
      held = true;
      return opened;
    } finally {
      if (!held) {
        HELD.remove(lockFile);
      }
    }
  }

  /** Returns whether a gateway has kept its files in this folder before. */
  public static boolean isUsed(Path path) {
    return Files.exists(path.resolve(LOCK_FILE));
  }

  /** Returns the folder's absolute path. */
  public Path path() {
    return path;
  }

  private static FileChannel lock(Path path, Path lockFile) {
    FileChannel channel = null;
    boolean held = false;
    try {
      channel =
          FileChannel.open(
              lockFile,
              Set.of(StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE),
              OwnerOnly.newFile());
      // The locked byte is far behind the pid, which others must be able to read on systems with
      // mandatory locks.
      FileLock lock = channel.tryLock(Long.MAX_VALUE - 1, 1, false);
      if (lock == null) {
        throw inUse(path, pid(channel), null);
      }
      OwnerOnly.tighten(List.of(lockFile));
      channel.truncate(0);
      channel.write(
          ByteBuffer.wrap(
              (ProcessHandle.current().pid() + "\n").getBytes(StandardCharsets.US_ASCII)));
      held = true;
      return channel;
    } catch (OverlappingFileLockException e) {
      throw inUse(path, String.valueOf(ProcessHandle.current().pid()), e);
    } catch (IOException e) {
      throw notWritable(path, e);
    } finally {
      if (!held) {
        close(channel);
      }
    }
  }

  private static String pid(FileChannel channel) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(32);
    channel.read(bytes, 0);
    String pid = new String(bytes.array(), 0, bytes.position(), StandardCharsets.US_ASCII).strip();
    return pid.matches("[0-9]+") ? pid : "unknown";
  }

  private static DataFolderException inUse(Path path, String pid, @Nullable Exception cause) {
    return new DataFolderException(
        "Data folder "
            + path
            + " is in use by another Intermission process (pid "
            + pid
            + "). Stop it, or give another folder with --data.",
        cause);
  }

  private static DataFolderException notWritable(Path path, IOException e) {
    return new DataFolderException(
        "Data folder "
            + path
            + " can't be used: "
            + e
            + ". Give a folder that this user may write with --data.",
        e);
  }

  private static void close(@Nullable FileChannel channel) {
    try {
      if (channel != null) {
        channel.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException("can't close the lock file", e);
    }
  }

  /** Releases the folder. */
  @Override
  public void close() {
    try {
      close(channel);
    } finally {
      HELD.remove(lockFile);
    }
  }
}
