package dev.intermission.store;

import org.jspecify.annotations.Nullable;

/**
 * Thrown if a store can't be used: its folder can't be written, its schema belongs to another
 * version, or its file is damaged. The message says what to do; trying again does not help.
 */
public final class StoreException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  StoreException(String message) {
    this(message, null);
  }

  StoreException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
