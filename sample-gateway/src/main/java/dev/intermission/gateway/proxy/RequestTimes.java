package dev.intermission.gateway.proxy;

import org.jspecify.annotations.Nullable;

/** Takes how long requests took that passed the gate. It is called on many threads. */
@FunctionalInterface
public interface RequestTimes {

  /**
   * Takes the end of a request. Must not block or throw.
   *
   * @param method as the client sent it
   * @param route the path prefix that it was matched by, or null if it belongs to no API
   * @param status the status of the response, or 0 if the request ended without one
   * @param nanos the time from its first byte to the end of the response
   */
  void ended(String method, @Nullable String route, int status, long nanos);
}
