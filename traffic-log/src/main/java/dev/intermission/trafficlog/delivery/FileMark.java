package dev.intermission.trafficlog.delivery;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The end of a file before something is written to it.
 *
 * @param path the file
 * @param key what tells it from a file that has taken its name, or null if nothing does
 * @param size how long it was; 0 if it was not there
 */
record FileMark(Path path, @Nullable Object key, long size) {

  private static final Logger LOG = LoggerFactory.getLogger(FileMark.class);

  static FileMark of(Path path) {
    try {
      BasicFileAttributes now = Files.readAttributes(path, BasicFileAttributes.class);
      return new FileMark(path, now.fileKey(), now.size());
    } catch (IOException e) {
      return new FileMark(path, null, 0);
    }
  }

  /**
   * Takes off what was written since. If another file has the name by now, because it has rolled,
   * all of that was written since.
   */
  void takeBack() {
    FileMark now = of(path);
    boolean isSame = Objects.equals(key, now.key) && now.size >= size;
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
      channel.truncate(isSame ? size : 0);
    } catch (IOException e) {
      LOG.debug("The end of {} may be a part of a record", path, e);
    }
  }
}
