package dev.intermission.gateway.client.connection;

import dev.intermission.gateway.client.output.CommandFailure;
import dev.intermission.gateway.client.output.Exit;
import dev.intermission.runtime.OwnerOnly;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The file with the contexts of a user. It holds tokens, so only its owner may read it; it is
 * replaced whole, by one process at a time. Safe for several threads.
 */
public final class ContextsFile {

  private static final Set<PosixFilePermission> OWNER =
      EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

  private static final int LOCK_TRIES = 250;
  private static final long BETWEEN_TRIES_MILLIS = 20;

  private final Path file;

  private ContextsFile(Path file) {
    this.file = file;
  }

  /**
   * Returns the file of the user: {@code $XDG_CONFIG_HOME/intermission/contexts.yaml}, in {@code
   * ~/.config} without that variable; or null if the variables name no home.
   */
  public static @Nullable ContextsFile of(Map<String, String> environment) {
    String config = environment.getOrDefault("XDG_CONFIG_HOME", "");
    String home = environment.getOrDefault("HOME", "");
    // The specification of these folders demands that a relative path be ignored.
    Path folder =
        Path.of(config).isAbsolute()
            ? Path.of(config)
            : home.isEmpty() ? null : Path.of(home, ".config");
    return folder == null ? null : new ContextsFile(folder.resolve("intermission/contexts.yaml"));
  }

  /** Returns where it is. */
  public Path path() {
    return file;
  }

  /**
   * Reads it; a file that does not exist has no contexts.
   *
   * @throws CommandFailure if others can read it, or it can't be read
   */
  public NamedContexts read() {
    try {
      refuseIfShared();
      return ContextsYaml.read(file, Files.readString(file));
    } catch (NoSuchFileException e) {
      return NamedContexts.NONE;
    } catch (IOException e) {
      throw new CommandFailure(Exit.FAILED, "Can't read " + file + ": " + e, e);
    }
  }

  private void refuseIfShared() throws IOException {
    try {
      if (!OWNER.containsAll(Files.getPosixFilePermissions(file))) {
        throw new CommandFailure(
            Exit.FAILED,
            file
                + " holds tokens, and other users of this machine can open it. It is not used until only you can: chmod 600 "
                + file);
      }
    } catch (UnsupportedOperationException e) {
      return; // This file system has no modes.
    }
  }

  /**
   * Changes the contexts that there are at this moment, while no other process changes them, and
   * returns what there is then.
   *
   * @param change returns the contexts as they are to be; it is not called more than once
   * @throws CommandFailure if it can't be written; it is as it was then
   */
  public NamedContexts change(UnaryOperator<NamedContexts> change) {
    try {
      Path target = Files.exists(file) ? file.toRealPath() : file.toAbsolutePath();
      Path folder = Files.createDirectories(target.getParent(), OwnerOnly.newFolder());
      // Closing it releases the lock. The file stays, since others may wait for it.
      try (FileChannel lock =
          FileChannel.open(
              folder.resolve(target.getFileName() + ".lock"),
              Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
              OwnerOnly.newFile())) {
        await(lock);
        NamedContexts before = read();
        NamedContexts next = change.apply(before);
        if (!next.equals(before)) {
          replace(folder, target, next);
        }
        return next;
      }
    } catch (IOException e) {
      throw new CommandFailure(Exit.FAILED, "Can't write " + file + ": " + e, e);
    }
  }

  /** Waits for a lock that is held for as long as it takes to write a small file. */
  private void await(FileChannel lock) throws IOException {
    for (int i = 0; !isLocked(lock); i++) {
      if (i == LOCK_TRIES) {
        throw new CommandFailure(
            Exit.FAILED, "Another process has been writing " + file + " for seconds; try again");
      }
      FailOver.pause(BETWEEN_TRIES_MILLIS);
    }
  }

  private static boolean isLocked(FileChannel lock) throws IOException {
    try {
      return lock.tryLock() != null;
    } catch (OverlappingFileLockException e) {
      return false; // Another thread of this process has it.
    }
  }

  private static void replace(Path folder, Path target, NamedContexts contexts) throws IOException {
    Path next = Files.createTempFile(folder, "contexts", ".new", OwnerOnly.newFile());
    try {
      Files.writeString(next, ContextsYaml.text(contexts));
      Files.move(next, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(next);
    }
  }
}
