package dev.intermission.feed;

import org.jspecify.annotations.Nullable;

/** Says that bytes are not a snapshot that this program can serve, and why. */
public final class UnreadableSnapshotException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public UnreadableSnapshotException(String message) {
    this(message, null);
  }

  public UnreadableSnapshotException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
