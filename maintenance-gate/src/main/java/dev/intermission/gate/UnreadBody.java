package dev.intermission.gate;

/** What of a request's body is to come when its answer is ready, and what a front does about it. */
public enum UnreadBody {
  /** Nothing, or nothing that the client sends without being asked: nothing to do. */
  NONE,
  /** So little that reading it costs less than a new connection: dropped, the connection kept. */
  SMALL,
  /** More than that, or nobody knows how much: the connection is closed, once it was dropped. */
  LARGE;

  /**
   * How long a front drops what comes, at most, before it closes the connection. A connection
   * closed with unread bytes in it is reset, and the reset can overtake the answer (RFC 9112
   * section 9.6); a client that reads only after it has sent all gets its answer this way.
   */
  public static final long DROP_MILLIS = 30_000;

  /** The longest body that is small. */
  public static final long SMALL_BYTES = 64 << 10;

  /**
   * Returns what is to come of a request by HTTP/1.
   *
   * @param length the Content-Length, negative where there is none
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
