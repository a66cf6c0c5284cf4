package dev.intermission.gateway.proxy;

import dev.intermission.gateway.config.Front;

/** Closing an API with requests in flight, behind the servlet filter. */
class FilterDrainTest extends DrainBehaviour {

  @Override
  Front front() {
    return Front.FILTER;
  }
}
