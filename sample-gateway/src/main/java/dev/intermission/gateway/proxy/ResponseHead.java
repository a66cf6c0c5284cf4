package dev.intermission.gateway.proxy;

import org.eclipse.jetty.client.Response;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpHeaderValue;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.http.HttpVersion;
import org.jspecify.annotations.Nullable;

/** The head of an upstream's response, as the client gets it. */
final class ResponseHead {

  private static final HttpField CHUNKED =
      new HttpField(HttpHeader.TRANSFER_ENCODING, HttpHeaderValue.CHUNKED);

  private static final int LAST_STATUS = 599;

  private ResponseHead() {}

  /**
   * Returns what makes a response unusable, or null: a coding that is not chunked was not asked for
   * (RFC 9112 section 6.1), and neither was another protocol (RFC 9110 section 7.8); a status is
   * one of three digits up to 599 (section 15).
   *
   * @param isUpgrade whether a WebSocket was asked for
   */
  static @Nullable String fault(Response upstream, boolean isUpgrade) {
    if (upstream.getStatus() == HttpStatus.SWITCHING_PROTOCOLS_101
        && !(isUpgrade && WebSocketUpgrade.isGranted(upstream))) {
      return "101 that was not asked for";
    }
    if (upstream.getStatus() > LAST_STATUS) {
      return "a status above " + LAST_STATUS;
    }
    return TransferCodings.areKnown(upstream.getHeaders()) ? null : "an unknown transfer coding";
  }

  static void put(Incoming client, Response upstream) {
    int status = upstream.getStatus();
    HttpFields from = upstream.getHeaders();
    HttpFields.Mutable to = client.response().getHeaders();
    HopByHop dropped = HopByHop.of(from);
    client.response().setStatus(status);
    ReasonPhrase.keep(client, status, upstream.getReason());
    for (HttpField field : from) {
      if (field.getHeader() == HttpHeader.DATE) {
        to.put(field);
      } else if (!dropped.contains(field)
          && !(hasNoLength(status) && field.getHeader() == HttpHeader.CONTENT_LENGTH)) {
        to.add(field);
      }
    }
    if (status == HttpStatus.SWITCHING_PROTOCOLS_101) {
      WebSocketUpgrade.put(to);
    }
    if (hasBody(client, status) && !from.contains(HttpHeader.CONTENT_LENGTH)) {
      putFraming(client, upstream, to);
    }
  }

  /** Returns whether no response of a status may tell a length (RFC 9110 section 8.6). */
  private static boolean hasNoLength(int status) {
    return status == HttpStatus.NO_CONTENT_204 || HttpStatus.isInformational(status);
  }

  /**
   * Makes a body without a length chunked, also where the connection is closed after it: Jetty
   * would let it end with the connection then, so that a break would not show (RFC 9112 section 8).
   */
  private static void putFraming(Incoming client, Response upstream, HttpFields.Mutable to) {
    HttpVersion version = client.version();
    if (version == HttpVersion.HTTP_1_1) {
      to.put(CHUNKED);
    }
    if (version != HttpVersion.HTTP_1_0
        && upstream.getHeaders().contains(HttpHeader.TRANSFER_ENCODING)) {
      Trailers.announce(upstream.getHeaders(), to);
      client.response().setTrailersSupplier(() -> Trailers.of(upstream.getTrailers()));
    }
  }

  private static boolean hasBody(Incoming client, int status) {
    return !client.isHead() && !HttpStatus.hasNoBody(status);
  }

  /**
   * Returns whether the head must go out before its end: Jetty counts what is written with the end
   * for the length of the body, also where the response has none and says nothing of its length.
   */
  static boolean goesAlone(Incoming client, Response upstream) {
    return !hasBody(client, upstream.getStatus())
        && !upstream.getHeaders().contains(HttpHeader.CONTENT_LENGTH);
  }
}
