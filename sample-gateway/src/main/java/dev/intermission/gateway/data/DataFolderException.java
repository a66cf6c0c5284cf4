package dev.intermission.gateway.data;

import org.jspecify.annotations.Nullable;

/**
 * Thrown if a data folder can't be used: another process has locked it, or it can't be created or
 * written. The message tells the operator what to do.
 */
public final class DataFolderException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  DataFolderException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
