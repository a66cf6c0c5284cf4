package dev.intermission.filter;

import jakarta.servlet.http.HttpServletRequest;

/** What of a request's body is to come when its answer is ready. */
enum UnreadBody {
  /** Nothing, or nothing that the client sends without being asked. */
  NONE,
  /** So little that reading it costs less than a new connection. */
  SMALL,
  /** More than that, or nobody knows how much. */
  LARGE;

  private static final long SMALL_BYTES = 64 << 10;

  static UnreadBody of(HttpServletRequest request) {
    long length = request.getContentLengthLong();
    if (length == 0 || (length < 0 && request.getHeader("Transfer-Encoding") == null)) {
      return NONE;
    }
    if (request.getHeader("Expect") != null) {
      return NONE;
    }
    return length >= 0 && length <= SMALL_BYTES ? SMALL : LARGE;
  }
}
