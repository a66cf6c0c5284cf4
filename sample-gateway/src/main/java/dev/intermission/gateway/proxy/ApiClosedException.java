package dev.intermission.gateway.proxy;

import java.io.IOException;

/** The API was closed, and the time in which what is in flight may finish is over. */
final class ApiClosedException extends IOException {

  private static final long serialVersionUID = 1L;

  ApiClosedException() {
    super("the API is closed, and the drain time is over");
  }
}
