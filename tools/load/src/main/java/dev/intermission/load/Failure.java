package dev.intermission.load;

import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;
import java.util.concurrent.TimeoutException;

/** Why a request counts as an error. */
enum Failure {
  NOT_CONNECTED("no connection", false),
  BROKEN("connection broken, or no HTTP", false),
  TIMED_OUT("timed out", true),
  NOT_SENT("due, but not sent in time", true),
  STATUS("another status", true),
  CONTENT_TYPE("another content type", true),
  BODY("another body", true),
  MIXED("parts of two answers", true);

  private final String label;
  private final boolean latencyCounts;

  Failure(String label, boolean latencyCounts) {
    this.label = label;
    this.latencyCounts = latencyCounts;
  }

  String label() {
    return label;
  }

  /**
   * Returns whether the time of the request counts as a latency. The time of a client that waited
   * in vain counts; that of a request that was refused at once does not, since it would make the
   * target look fast.
   */
  boolean latencyCounts() {
    return latencyCounts;
  }

  /** Returns what a failed exchange counts as. */
  static Failure of(Throwable failure) {
    if (failure instanceof TimeoutException) {
      return TIMED_OUT;
    }
    boolean notConnected =
        failure instanceof ConnectException
            || failure instanceof SocketTimeoutException
            || failure instanceof UnknownHostException
            || failure instanceof NoRouteToHostException
            || failure instanceof UnresolvedAddressException;
    return notConnected ? NOT_CONNECTED : BROKEN;
  }
}
