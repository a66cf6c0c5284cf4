package dev.intermission.load;

import java.util.Locale;

/**
 * The protocol that is used with the target.
 *
 * @param http2 HTTP/2 (prior knowledge over http, ALPN over https) in place of HTTP/1.1
 * @param connections how many connections are used at most, 1 or more
 * @param streams how many requests may be in progress on one of them: 1 on HTTP/1.1
 * @param anyCertificate whether a certificate that can't be verified is accepted
 */
record Protocol(boolean http2, int connections, int streams, boolean anyCertificate) {

  Protocol {
    if (connections < 1 || streams < 1 || (!http2 && streams > 1)) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "%d connections with %d streams each over %s",
              connections,
              streams,
              http2 ? "HTTP/2" : "HTTP/1.1"));
    }
  }

  /** Returns how many requests can be in progress at once. */
  int concurrency() {
    return connections * streams;
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%s, %d connection%s%s",
        http2 ? "HTTP/2" : "HTTP/1.1",
        connections,
        connections == 1 ? "" : "s",
        http2 ? " of " + streams + " streams" : "");
  }
}
