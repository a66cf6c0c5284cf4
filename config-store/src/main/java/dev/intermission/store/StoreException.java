package dev.intermission.store;

import org.jspecify.annotations.Nullable;

/**
 * Says that a store can't be used as it is: its folder can't be written, its schema is not this
 * program's, or its file is damaged. The message tells the operator what to do; trying again does
 * not help.
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
