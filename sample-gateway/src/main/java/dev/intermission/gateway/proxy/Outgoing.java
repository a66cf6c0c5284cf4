package dev.intermission.gateway.proxy;

import dev.intermission.api.ProxyId;
import dev.intermission.api.RoutingAddress;

/**
 * Where a request goes.
 *
 * @param proxy whose request it is
 * @param address the upstream's
 * @param path the raw path for the upstream, in visible ASCII
 */
record Outgoing(ProxyId proxy, RoutingAddress address, String path) {

  @Override
  public String toString() {
    return proxy + " at " + address.address();
  }
}
