package dev.intermission.gateway.proxy;

import dev.intermission.gateway.server.Fault;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import org.eclipse.jetty.client.HttpResponseException;

/** What a client is told when its request could not be proxied: which side failed, and how. */
final class ProxyFaults {

  static final Fault NOT_READY =
      new Fault(503, "GATEWAY_NOT_READY", "The gateway does not know yet what it serves");

  static final Fault NO_ROUTE =
      new Fault(404, "NO_ROUTE", "No API is deployed at this host and path");

  static final Fault AMBIGUOUS_PATH =
      new Fault(
          400,
          "AMBIGUOUS_PATH",
          "The path can be read as one outside of the API; write it without encoded slashes or backslashes beside dots");

  static final Fault CLIENT_TOO_SLOW =
      new Fault(408, "CLIENT_TIMEOUT", "The client sent nothing more of its request for too long");

  static final Fault CLIENT_BROKE_OFF =
      new Fault(400, "CLIENT_BROKE_OFF", "The client broke its request off");

  static final Fault NO_UTF8 =
      new Fault(400, "INVALID_TARGET", "The request target has bytes that are not UTF-8");

  static final Fault NO_ASTERISK =
      new Fault(400, "INVALID_TARGET", "The request target * is for OPTIONS only");

  static final Fault NO_TRACE = new Fault(405, "METHOD_NOT_ALLOWED", "TRACE is not served");

  static final Fault UNKNOWN_CODING =
      new Fault(501, "UNKNOWN_TRANSFER_CODING", "No transfer coding but chunked is understood");

  static final Fault LOOP =
      new Fault(508, "LOOP_DETECTED", "The request was here before; an upstream leads back");

  private static final Fault UNREACHABLE =
      new Fault(502, "UPSTREAM_UNREACHABLE", "No connection to the upstream of the API");

  private static final Fault UNREACHABLE_IN_TIME =
      new Fault(
          504, "UPSTREAM_CONNECT_TIMEOUT", "No connection to the upstream of the API in time");

  private static final Fault TOO_SLOW =
      new Fault(504, "UPSTREAM_TIMEOUT", "The upstream of the API did not answer in time");

  private static final Fault BUSY =
      new Fault(503, "UPSTREAM_BUSY", "Too many requests wait for the upstream of the API");

  private static final Fault INVALID =
      new Fault(
          502, "UPSTREAM_INVALID_RESPONSE", "The upstream of the API sent no valid HTTP response");

  private static final Fault CLOSED =
      new Fault(503, "API_CLOSED", "The API was closed before its upstream had answered");

  static final Fault BROKE_OFF =
      new Fault(502, "UPSTREAM_BROKE_OFF", "The upstream of the API closed before it had answered");

  private ProxyFaults() {}

  /** Returns the fault of an exchange that failed with this. */
  static Fault of(Throwable failure) {
    if (failure instanceof ClientFailure client) {
      return client.fault();
    }
    if (failure instanceof ApiClosedException) {
      return CLOSED;
    }
    if (failure instanceof SocketTimeoutException) {
      return UNREACHABLE_IN_TIME;
    }
    if (failure instanceof TimeoutException) {
      return TOO_SLOW;
    }
    if (failure instanceof RejectedExecutionException) {
      return BUSY;
    }
    if (failure instanceof HttpResponseException) {
      return INVALID;
    }
    boolean unreachable =
        failure instanceof ConnectException
            || failure instanceof NoRouteToHostException
            || failure instanceof UnknownHostException
            || failure instanceof UnresolvedAddressException
            || failure instanceof SSLException;
    return unreachable ? UNREACHABLE : BROKE_OFF;
  }

  /** Returns the reason for the log; Jetty puts the whole state of a connection into some. */
  static String reason(Throwable failure) {
    String reason = failure.toString();
    int state = reason.indexOf("HttpConnectionOverHTTP@");
    return state < 0 ? reason : reason.substring(0, reason.lastIndexOf(' ', state));
  }
}
