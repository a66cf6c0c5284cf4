package dev.intermission.runtime;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Files and folders that only their owner can read and write, whatever the umask and the mode of
 * the folder around them. On a file system without POSIX modes, the defaults of the file system
 * apply.
 */
public final class OwnerOnly {

  private static final Logger LOG = LoggerFactory.getLogger(OwnerOnly.class);

  private static final Set<PosixFilePermission> FILE = PosixFilePermissions.fromString("rw-------");
  private static final Set<PosixFilePermission> FOLDER =
      PosixFilePermissions.fromString("rwx------");

  private OwnerOnly() {}

  /** Returns the attributes with which a new file gets the mode 0600. */
  public static FileAttribute<?>[] newFile() {
    return attributes(FILE);
  }

  /** Returns the attributes with which a new folder gets the mode 0700. */
  public static FileAttribute<?>[] newFolder() {
    return attributes(FOLDER);
  }

  private static FileAttribute<?>[] attributes(Set<PosixFilePermission> mode) {
    return FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
        ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(mode)}
        : new FileAttribute<?>[0];
  }

  /**
   * Creates an empty file with the mode 0600 if it does not exist.
   *
   * @throws IOException if that fails
   */
  public static void create(Path file) throws IOException {
    try {
      Files.createFile(file, newFile());
    } catch (FileAlreadyExistsException e) {
      LOG.debug("{} is there already", file);
    }
  }

  /**
   * Changes the mode of the existing files to 0600 if other users can read or write them, and logs
   * one line that names them.
   *
   * @throws IOException if a mode can't be read or changed, for instance because the file is
   *     another user's
   */
  public static void tighten(Collection<Path> files) throws IOException {
    List<Path> wider = new ArrayList<>();
    for (Path file : files) {
      if (isWider(file)) {
        Files.setPosixFilePermissions(file, FILE);
        wider.add(file);
      }
    }
    if (!wider.isEmpty()) {
      LOG.warn(
          "Other users of this machine could open {}; the mode is 0600 now, so only the owner can",
          wider);
    }
  }

  private static boolean isWider(Path file) throws IOException {
    try {
      return !FILE.containsAll(Files.getPosixFilePermissions(file));
    } catch (NoSuchFileException | UnsupportedOperationException e) {
      return false;
    }
  }
}
