package dev.intermission.gateway.proxy;

import dev.intermission.gateway.config.Front;

/** WebSockets behind the servlet filter. */
class FilterTunnelTest extends TunnelBehaviour {

  @Override
  Front front() {
    return Front.FILTER;
  }
}
