package dev.intermission.gate;

/**
 * How much of a request's body is still to come when its answer is ready, and what a front does
 * about it.
 */
public enum UnreadBody {
  /** Nothing, or a body that the client sends only if it is asked to: there is nothing to do. */
  NONE,
  /**
   * So little that reading it costs less than a new connection: the rest is dropped and the
   * connection kept.
   */
  SMALL,
  /**
   * More than that, or an unknown amount: the rest is dropped for a while, then the connection is
   * closed.
   */
  LARGE;

  /**
   * The longest time for which a front drops incoming bytes before it closes the connection. A
   * connection that is closed with unread bytes is reset, and the reset can overtake the answer
   * (RFC 9112 section 9.6). Dropping them first lets a client that reads only after it has sent
   * everything get its answer.
   */
  public static final long DROP_MILLIS = 30_000;

  /** The longest body that is small. */
  public static final long SMALL_BYTES = 64 << 10;

  /**
   * Returns how much is still to come of the body of an HTTP/1 request.
   *
   * @param length the Content-Length, negative if there is none
   * @param chunked whether there is a Transfer-Encoding
   * @param expects whether there is an Expect: the client waits, and the answer is final
   */
  public static UnreadBody of(long length, boolean chunked, boolean expects) {
    if (length == 0 || (length < 0 && !chunked) || expects) {
      return NONE;
    }
    return length >= 0 && length <= SMALL_BYTES ? SMALL : LARGE;
  }
}
