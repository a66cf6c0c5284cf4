package dev.intermission.gateway.proxy;

import dev.intermission.api.ProxyId;
import java.net.URI;

/**
 * Where a request goes.
 *
 * @param proxy whose request it is
 * @param address the upstream's
 * @param path the raw path for the upstream
 */
record Outgoing(ProxyId proxy, URI address, String path) {

  @Override
  public String toString() {
    return proxy + " at " + address;
  }
}
