package dev.intermission.postgres;

import com.sun.security.auth.module.UnixSystem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * The user as whom the server runs: the user of this process, or nobody if that is root, since
 * PostgreSQL refuses to run as root.
 */
final class ServerUser {

  private static final int ROOT = 0;
  private static final int NOBODY = 65534;

  private final boolean standIn;

  private ServerUser(boolean standIn) {
    this.standIn = standIn;
  }

  static ServerUser current() {
    return new ServerUser(new UnixSystem().getUid() == ROOT);
  }

  /** Returns the command that runs the command as this user. */
  List<String> run(List<String> command) {
    return standIn
        ? Stream.concat(
                Stream.of(
                    "setpriv", "--reuid=" + NOBODY, "--regid=" + NOBODY, "--clear-groups", "--"),
                command.stream())
            .toList()
        : command;
  }

  /** Makes this user the owner of the file or folder. */
  void own(Path path) throws IOException {
    if (standIn) {
      Files.setAttribute(path, "unix:uid", NOBODY);
      Files.setAttribute(path, "unix:gid", NOBODY);
    }
  }

  /**
   * Makes the folder, and returns it; if this user could not enter it, makes and returns one in the
   * temporary folder instead.
   */
  Path reachable(Path folder) throws IOException {
    Path made = Files.createDirectories(folder).toRealPath();
    return !standIn || isOpen(made) ? made : inTemporaryFolder(made);
  }

  private static boolean isOpen(Path folder) throws IOException {
    for (Path path = folder; path != null; path = path.getParent()) {
      boolean own = (int) Files.getAttribute(path, "unix:uid") == NOBODY;
      if (!own
          && !Files.getPosixFilePermissions(path).contains(PosixFilePermission.OTHERS_EXECUTE)) {
        return false;
      }
    }
    return true;
  }

  private static Path inTemporaryFolder(Path folder) throws IOException {
    Path standsFor =
        Path.of(System.getProperty("java.io.tmpdir"))
            .toRealPath()
            .resolve("intermission-postgres-" + Hashes.of(folder.toString()));
    if (!Files.exists(standsFor, LinkOption.NOFOLLOW_LINKS)) {
      Files.createDirectory(
          standsFor,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx--x--x")));
    }
    int owner = (int) Files.getAttribute(standsFor, "unix:uid", LinkOption.NOFOLLOW_LINKS);
    if (owner != ROOT && owner != NOBODY) {
      throw new IOException(
          String.format(
              Locale.ROOT,
              "%s belongs to user %d. Remove it, or give a folder that others may enter instead of %s.",
              standsFor,
              owner,
              folder));
    }
    return standsFor;
  }
}
