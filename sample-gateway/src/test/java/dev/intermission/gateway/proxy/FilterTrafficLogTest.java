package dev.intermission.gateway.proxy;

import dev.intermission.gateway.config.Front;

/** The traffic log, behind the servlet filter. */
class FilterTrafficLogTest extends TrafficLogBehaviour {

  @Override
  Front front() {
    return Front.FILTER;
  }
}
