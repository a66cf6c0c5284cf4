package dev.intermission.gateway.proxy.transparency;

/** How a message of HTTP/1.1 says where its body ends. */
enum Framing {
  /** It has no body. */
  NONE,
  /** It has a length. */
  LENGTH,
  /** It is chunked, with fields behind it perhaps. */
  CHUNKED,
  /** It ends with its connection; for responses only. */
  CLOSE
}
