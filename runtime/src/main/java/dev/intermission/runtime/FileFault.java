package dev.intermission.runtime;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/** Says in words why a file could not be read. */
public final class FileFault {

  private FileFault() {}

  /**
   * Returns what follows the name of the file in a sentence, such as {@code does not exist}. It
   * does not name the file.
   */
  public static String of(IOException failure) {
    if (failure instanceof NoSuchFileException) {
      return "does not exist";
    }
    if (failure instanceof AccessDeniedException) {
      return "can't be read: this user has no permission";
    }
    if (failure instanceof CharacterCodingException) {
      return "is not UTF-8";
    }
    String reason =
        failure instanceof FileSystemException known ? known.getReason() : failure.getMessage();
    if ("Is a directory".equals(reason)) {
      return "is a folder";
    }
    return "can't be read: " + (reason == null ? failure.getClass().getSimpleName() : reason);
  }
}
