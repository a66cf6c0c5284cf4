package dev.intermission.gateway.proxy;

import dev.intermission.gateway.config.Front;

/** What the gateway answers itself, behind the filter. */
class FilterForGatewayTest extends ForGatewayBehaviour {

  @Override
  Front front() {
    return Front.FILTER;
  }
}
