package dev.intermission.trafficlog.delivery;

import dev.intermission.runtime.OwnerOnly;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps other processes off a file that rolls, since two writers would roll it under each other and
 * take off each other's lines. What is locked is an empty file beside it, which stays.
 */
final class PathLock implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(PathLock.class);

  private final FileChannel channel;

  private PathLock(FileChannel channel) {
    this.channel = channel;
  }

  /**
   * Takes the lock of a path.
   *
   * @throws IOException if somebody else has it, or it can't be had
   */
  static PathLock of(Path path) throws IOException {
    Path file = path.resolveSibling("." + path.getFileName() + ".lock");
    OwnerOnly.create(file);
    FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
    if (!isLocked(channel)) {
      channel.close();
      throw new IOException(
          path + " is written by another gateway; give each one a path of its own");
    }
    return new PathLock(channel);
  }

  private static boolean isLocked(FileChannel channel) throws IOException {
    try {
      return channel.tryLock() != null;
    } catch (OverlappingFileLockException e) {
      LOG.debug("Another gateway in this process has the lock", e);
      return false;
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      LOG.debug("A lock can't be given back", e);
    }
  }
}
