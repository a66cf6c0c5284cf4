package dev.intermission.trafficlog.delivery;

import java.io.IOException;

/** Thrown where records will never be taken, however often they are sent. */
final class RefusedException extends IOException {

  private static final long serialVersionUID = 1L;

  RefusedException(String message) {
    super(message);
  }
}
