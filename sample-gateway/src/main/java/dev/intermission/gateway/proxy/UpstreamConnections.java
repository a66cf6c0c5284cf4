package dev.intermission.gateway.proxy;

import org.eclipse.jetty.client.AbstractConnectionPool;
import org.eclipse.jetty.client.Destination;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.transport.HttpDestination;

/**
 * The connections to all upstreams at one moment.
 *
 * @param active how many have a request
 * @param idle how many have none
 * @param waiting how many requests wait for a connection
 */
public record UpstreamConnections(int active, int idle, int waiting) {

  static UpstreamConnections of(HttpClient client) {
    int active = 0;
    int idle = 0;
    int waiting = 0;
    for (Destination destination : client.getDestinations()) {
      if (destination instanceof HttpDestination to) {
        waiting += to.getQueuedRequestCount();
        if (to.getConnectionPool() instanceof AbstractConnectionPool pool) {
          active += pool.getActiveConnectionCount();
          idle += pool.getIdleConnectionCount();
        }
      }
    }
    return new UpstreamConnections(active, idle, waiting);
  }
}
