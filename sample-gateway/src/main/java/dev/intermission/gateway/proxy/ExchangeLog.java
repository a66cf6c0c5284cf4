package dev.intermission.gateway.proxy;

import dev.intermission.gateway.server.Fault;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MarkerFactory;

/** What the log tells of exchanges that failed. */
final class ExchangeLog {

  private static final Logger LOG = LoggerFactory.getLogger(ExchangeLog.class);

  private ExchangeLog() {}

  /**
   * Tells of an upstream that failed; only at DEBUG of a client, which can do so at will, and of
   * what a closed API has ended.
   */
  static void failed(Incoming incoming, Outgoing outgoing, Throwable failure) {
    Fault fault = ProxyFaults.of(failure);
    String id = incoming.correlationId();
    if (failure instanceof ClientFailure || failure instanceof ApiClosedException) {
      LOG.debug("{} for {} [{}]", fault.code(), outgoing, id, failure);
    } else {
      LOG.atWarn()
          .addMarker(MarkerFactory.getMarker(fault.code() + " " + outgoing.proxy()))
          .log("{} for {}: {} [{}]", fault.code(), outgoing, ProxyFaults.reason(failure), id);
    }
  }
}
