package dev.intermission.gateway.proxy;

import dev.intermission.gateway.config.Front;

/** What is in flight behind the filter. */
class FilterInFlightTest extends InFlightBehaviour {

  @Override
  Front front() {
    return Front.FILTER;
  }
}
