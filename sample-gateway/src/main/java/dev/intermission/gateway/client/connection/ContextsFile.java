package dev.intermission.gateway.client.connection;

import dev.intermission.gateway.client.output.CommandFailure;
import dev.intermission.gateway.client.output.Exit;
import dev.intermission.runtime.OwnerOnly;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The file with the contexts of a user. It holds tokens, so only its owner may read it; it is
 * replaced whole.
 */
public final class ContextsFile {

  private static final Set<PosixFilePermission> OWNER =
      EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

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
   * Replaces it.
   *
   * @throws CommandFailure if it can't be written; it is as it was then
   */
  public void write(NamedContexts contexts) {
    try {
      Path folder =
          Files.createDirectories(file.toAbsolutePath().getParent(), OwnerOnly.newFolder());
      Path next = Files.createTempFile(folder, "contexts", ".new", OwnerOnly.newFile());
      try {
        Files.writeString(next, ContextsYaml.text(contexts));
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      } finally {
        Files.deleteIfExists(next);
      }
    } catch (IOException e) {
      throw new CommandFailure(Exit.FAILED, "Can't write " + file + ": " + e, e);
    }
  }
}
